// SPDX-License-Identifier: Apache-2.0
package io.cordboard.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkingDayTest {
    private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

    private static Agent anna(String zone) {
        return new Agent("Anna", Map.of(), Map.of(), ZoneId.of(zone));
    }

    private static AgentTurn turn(String at, AgentState state) {
        return turn(at, state, null);
    }

    private static AgentTurn turn(String at, AgentState state, @Nullable String detail) {
        return new AgentTurn("Anna", Instant.parse(at), state, detail);
    }

    private static WorkingDay day(String zone, String date, List<AgentTurn> turns, Instant now) {
        return WorkingDay.of(anna(zone), LocalDate.parse(date), turns, Clock.fixed(now, ZoneOffset.UTC));
    }

    /** A night shift: it began the evening before and goes on beyond midnight. */
    @ParameterizedTest
    @CsvSource({
        "Europe/Moscow,    2026-11-23, 24",
        "Europe/Berlin,    2026-03-29, 23",
        "Europe/Berlin,    2026-10-25, 25",
        "America/Sao_Paulo,2018-11-04, 23",
        "Asia/Kathmandu,   2026-11-23, 24",
    })
    void dayIsAsLongAsItIsWhereTheAgentWorks(String zone, String date, int hours) {
        LocalDate day = LocalDate.parse(date);
        Instant evening = ZonedDateTime.of(day.minusDays(1).atTime(22, 0), ZoneId.of(zone))
                .toInstant();

        WorkingDay found = day(zone, date, List.of(new AgentTurn("Anna", evening, AgentState.AVAILABLE, null)), LATER);

        assertThat(found.spans()).singleElement().satisfies(span -> {
            assertThat(span.from().atZone(ZoneId.of(zone)).toLocalDate()).isEqualTo(day);
            assertThat(span.state()).isEqualTo(AgentState.AVAILABLE);
        });
        assertThat(found.totals()).containsExactly(Map.entry(AgentState.AVAILABLE, Duration.ofHours(hours)));
    }

    @Test
    void hourThatComesTwiceIsCountedTwice() {
        WorkingDay day = day(
                "Europe/Berlin",
                "2026-10-25",
                List.of(
                        turn("2026-10-25T00:30:00Z", AgentState.ON_CALL),
                        turn("2026-10-25T01:30:00Z", AgentState.AVAILABLE)),
                LATER);

        assertThat(day.totals()).containsEntry(AgentState.ON_CALL, Duration.ofHours(1));
    }

    @Test
    void whatIsStillToComeIsNotInIt() {
        WorkingDay day = day(
                "UTC",
                "2026-11-23",
                List.of(turn("2026-11-23T09:00:00Z", AgentState.AVAILABLE)),
                Instant.parse("2026-11-23T10:00:00Z"));

        assertThat(day.spans())
                .extracting(WorkingDay.Span::state)
                .containsExactly(AgentState.UNKNOWN, AgentState.AVAILABLE);
        assertThat(day.spans().get(1).to()).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(day("UTC", "2026-11-24", List.of(), Instant.parse("2026-11-23T10:00:00Z"))
                        .spans())
                .isEmpty();
    }

    @Test
    void sameStateWithAnotherReasonIsAnotherSpan() {
        WorkingDay day = day(
                "UTC",
                "2026-11-23",
                List.of(
                        turn("2026-11-23T12:00:00Z", AgentState.PAUSED, "lunch"),
                        turn("2026-11-23T12:30:00Z", AgentState.PAUSED, "lunch"),
                        turn("2026-11-23T13:00:00Z", AgentState.PAUSED, "training")),
                Instant.parse("2026-11-23T14:00:00Z"));

        assertThat(day.spans()).extracting(WorkingDay.Span::detail).containsExactly(null, "lunch", "training");
        assertThat(day.totals()).containsEntry(AgentState.PAUSED, Duration.ofHours(2));
    }

    /** Whatever the agent did, the day has no gap, nothing twice, and is as long as days are. */
    @Test
    void anyTurnsMakeAWholeDay() {
        Random random = new Random(7);
        AgentState[] states = AgentState.values();
        for (int round = 0; round < 500; round++) {
            String date = LocalDate.of(2026, 3, 27).plusDays(round % 5).toString();
            Instant first = Instant.parse("2026-03-26T00:00:00Z");
            List<AgentTurn> turns = new ArrayList<>();
            for (int i = random.nextInt(40); i > 0; i--) {
                Instant at = first.plusSeconds(random.nextInt(7 * 86_400));
                turns.add(new AgentTurn(
                        random.nextInt(5) == 0 ? "Boris" : "Anna", at, states[random.nextInt(states.length)], null));
            }

            WorkingDay day = day("Europe/Berlin", date, turns, LATER);

            Instant at = WorkingDay.begin(LocalDate.parse(date), ZoneId.of("Europe/Berlin"));
            for (WorkingDay.Span span : day.spans()) {
                assertThat(span.from()).isEqualTo(at).isBefore(span.to());
                at = span.to();
            }
            assertThat(at).isEqualTo(WorkingDay.begin(LocalDate.parse(date).plusDays(1), ZoneId.of("Europe/Berlin")));
        }
    }
}
