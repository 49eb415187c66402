// SPDX-License-Identifier: Apache-2.0
package io.cordboard.agent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent did on one day, without gaps, from midnight to midnight where the agent works.
 *
 * <p>A day has 23 or 25 hours when clocks are changed. The part of today that is still to come is not in it. Immutable.
 *
 * @param agent the agent's name
 * @param date the day
 * @param timeZone where the agent works
 * @param spans what the agent did, in order, each beginning where the one before ended
 */
public record WorkingDay(String agent, LocalDate date, ZoneId timeZone, List<Span> spans) {
    /** Copies the list. */
    public WorkingDay {
        spans = List.copyOf(spans);
    }

    /**
     * {@return the day of an agent}
     *
     * @param agent who
     * @param date the day
     * @param turns everything known from before the day's begin to its end, in any order; others' and repeated ones do
     *     no harm
     * @param clock the time now
     */
    public static WorkingDay of(Agent agent, LocalDate date, List<AgentTurn> turns, Clock clock) {
        Instant begin = begin(date, agent.timeZone());
        Instant end = begin(date.plusDays(1), agent.timeZone());
        Instant now = clock.instant();
        Instant last = now.isBefore(end) ? now : end;
        List<Span> spans = new ArrayList<>();
        Span current = new Span(AgentState.UNKNOWN, begin, begin, null);
        for (AgentTurn turn : sorted(agent, turns)) {
            if (!turn.at().isBefore(last)) {
                break;
            }
            Instant from = turn.at().isBefore(begin) ? begin : turn.at();
            if (!current.continuesWith(turn)) {
                add(spans, current, from);
                current = new Span(turn.state(), from, from, turn.detail());
            }
        }
        add(spans, current, last);
        return new WorkingDay(agent.name(), date, agent.timeZone(), spans);
    }

    /** {@return the first moment of a day, which is not always midnight} */
    static Instant begin(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }

    private static List<AgentTurn> sorted(Agent agent, List<AgentTurn> turns) {
        return turns.stream()
                .filter(turn -> turn.agent().equals(agent.name()))
                .sorted(Comparator.comparing(AgentTurn::at))
                .toList();
    }

    private static void add(List<Span> spans, Span span, Instant to) {
        if (span.from().isBefore(to)) {
            spans.add(new Span(span.state(), span.from(), to, span.detail()));
        }
    }

    /** {@return how long the agent did what, only what the agent did at all} */
    public Map<AgentState, Duration> totals() {
        Map<AgentState, Duration> totals = new EnumMap<>(AgentState.class);
        spans.forEach(span -> totals.merge(span.state(), Duration.between(span.from(), span.to()), Duration::plus));
        return totals;
    }

    /**
     * What an agent did for a while. Immutable.
     *
     * @param state what
     * @param from from when
     * @param to until when, after {@code from}
     * @param detail such as the reason of a break, or null
     */
    public record Span(
            AgentState state,
            Instant from,
            Instant to,
            @Nullable String detail) {
        private boolean continuesWith(AgentTurn turn) {
            return state == turn.state() && java.util.Objects.equals(detail, turn.detail());
        }
    }
}
