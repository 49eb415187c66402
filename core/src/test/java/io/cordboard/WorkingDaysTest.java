// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cordboard.agent.Agent;
import io.cordboard.agent.AgentRoster;
import io.cordboard.agent.AgentState;
import io.cordboard.agent.AgentTurn;
import io.cordboard.agent.WorkingDay;
import io.cordboard.connector.Reason;
import io.cordboard.crm.WorkTime.Day;
import io.cordboard.store.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkingDaysTest {
    private static final LocalDate DATE = LocalDate.ofInstant(Script.T0, ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock(Script.T0);
    private final LinePbx pbx = new LinePbx();
    private final RecordingCrm crm = new RecordingCrm("main");
    private final AgentRoster roster =
            AgentRoster.of(List.of(new Agent("Anna", Map.of("hq", House.ANNA), Map.of("main", "17"), ZoneOffset.UTC)));
    private SqliteStore store;
    private WorkingDays days;
    private AgentBoard board;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder, clock);
        days = new WorkingDays(
                new Accounts(List.of(pbx), List.of(crm)), roster, store.turns(), store.memory("cordboard"), clock);
        board = new AgentBoard(roster, clock, Duration.ZERO, new Listeners(), days::keep);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private AgentState state() {
        return board.all().get(0).state();
    }

    private List<WorkingDay.Span> spans() {
        return days.day("Anna", DATE).spans();
    }

    @Test
    void choiceReachesTheQueuesAndTheCrmAndIsKept() {
        List<AgentPush> told = days.choose(board, "Anna", AgentState.PAUSED, "lunch");

        assertThat(told).containsExactly(new AgentPush("hq", true, null), new AgentPush("main", true, null));
        assertThat(pbx.pauses()).containsExactly("101 paused lunch");
        assertThat(crm.days()).containsEntry("17", Day.PAUSED);
        assertThat(state()).isEqualTo(AgentState.PAUSED);

        clock.advance(Duration.ofMinutes(30));
        days.choose(board, "Anna", AgentState.AVAILABLE, "");
        clock.advance(Duration.ofMinutes(10));
        days.choose(board, "Anna", AgentState.OFFLINE, "");
        clock.advance(Duration.ofMinutes(10));

        assertThat(pbx.pauses()).containsExactly("101 paused lunch", "101 ready", "101 paused");
        assertThat(crm.days()).containsEntry("17", Day.CLOSED);
        await().untilAsserted(() -> assertThat(days.day("Anna", DATE).totals())
                .containsEntry(AgentState.PAUSED, Duration.ofMinutes(30))
                .containsEntry(AgentState.AVAILABLE, Duration.ofMinutes(10))
                .containsEntry(AgentState.OFFLINE, Duration.ofMinutes(10)));
    }

    @Test
    void whatIsNotTakenForNowIsTriedAgainUntilItIs() {
        pbx.fails(Reason.UNAVAILABLE);
        assertThat(days.choose(board, "Anna", AgentState.PAUSED, "lunch"))
                .filteredOn(push -> !push.done())
                .extracting(AgentPush::account)
                .containsExactly("hq");
        days.choose(board, "Anna", AgentState.PAUSED, "training");
        days.round(board);
        assertThat(pbx.pauses()).isEmpty();

        pbx.fails(null);
        days.round(board);
        days.round(board);
        assertThat(pbx.pauses()).as("the newest choice, once").containsExactly("101 paused training");
    }

    @Test
    void whatIsRefusedIsSaidAndNotTriedAgain() {
        pbx.fails(Reason.REFUSED);
        assertThat(days.choose(board, "Anna", AgentState.PAUSED, ""))
                .contains(new AgentPush("hq", false, "the line is REFUSED"));
        pbx.fails(null);
        days.round(board);

        assertThat(pbx.pauses()).isEmpty();
        assertThat(state()).as("it is so all the same").isEqualTo(AgentState.PAUSED);
    }

    @Test
    void dayThatIsChangedInTheCrmIsShown() {
        crm.days().put("17", Day.CLOSED);
        days.round(board);
        assertThat(state()).isEqualTo(AgentState.OFFLINE);

        crm.days().put("17", Day.OPEN);
        days.round(board);
        assertThat(state()).isEqualTo(AgentState.AVAILABLE);
    }

    @Test
    void whatTheProgramDidNotSeeIsNotKnown() {
        days.choose(board, "Anna", AgentState.AVAILABLE, "");
        clock.advance(Duration.ofMinutes(10));
        days.round(board);
        clock.advance(Duration.ofHours(1));

        // Killed, and started again an hour later.
        AgentBoard next = new AgentBoard(roster, clock, Duration.ZERO, new Listeners(), days::keep);
        days.begin(next);
        clock.advance(Duration.ofMinutes(5));

        assertThat(next.all().get(0).state()).as("chosen before").isEqualTo(AgentState.AVAILABLE);
        await().untilAsserted(() -> assertThat(spans())
                .extracting(WorkingDay.Span::state)
                .containsExactly(AgentState.UNKNOWN, AgentState.AVAILABLE, AgentState.UNKNOWN, AgentState.AVAILABLE));
        assertThat(Duration.between(spans().get(2).from(), spans().get(2).to())).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void oldTurnsAreForgottenExceptTheLast() {
        store.turns()
                .add(new AgentTurn("Anna", Script.T0.minusSeconds(20), AgentState.AVAILABLE, null))
                .join();
        store.turns()
                .add(new AgentTurn("Anna", Script.T0.minusSeconds(10), AgentState.PAUSED, "x"))
                .join();

        store.forget(Script.T0);

        assertThat(store.turns().between("Anna", Script.T0, Script.T0.plusSeconds(1)))
                .extracting(AgentTurn::state)
                .containsExactly(AgentState.PAUSED);
        assertThat(spans().get(0).state()).isEqualTo(AgentState.UNKNOWN);
    }

    @Test
    void onlyWhatAnAgentCanChooseIsChosen() {
        assertThatThrownBy(() -> days.choose(board, "Anna", AgentState.ON_CALL, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AVAILABLE, PAUSED or OFFLINE");
        assertThatThrownBy(() -> days.choose(board, "Nobody", AgentState.PAUSED, ""))
                .hasMessageContaining("Nobody");
    }
}
