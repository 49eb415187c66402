// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.asterisk.Line.Fact;
import io.cordboard.call.Direction;
import io.cordboard.call.EndedBy;
import io.cordboard.call.LegEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a leg or a call ended, read from Q.850 causes, dial states and requests to hang up. */
final class Causes {
    private static final Duration SAME_MOMENT = Duration.ofSeconds(2);

    private Causes() {}

    /**
     * {@return why a leg ended that was not answered}
     *
     * @param cause the cause of its Hangup
     * @param dialStatus what the dialling application said, or empty
     * @param rang whether the phone is known to have rung
     */
    static LegEnd why(String cause, String dialStatus, boolean rang) {
        return switch (cause) {
            case "17" -> LegEnd.BUSY;
            case "21" -> LegEnd.REJECTED;
            case "26" -> LegEnd.ANSWERED_ELSEWHERE;
            default -> byStatus(cause, dialStatus, rang);
        };
    }

    private static LegEnd byStatus(String cause, String dialStatus, boolean rang) {
        return switch (dialStatus) {
            case "BUSY" -> LegEnd.BUSY;
            case "CANCEL" -> LegEnd.CANCELLED;
            case "CONGESTION", "CHANUNAVAIL" -> LegEnd.FAILED;
            case "NOANSWER" -> rang ? LegEnd.NO_ANSWER : LegEnd.FAILED;
            default -> byCause(cause, rang);
        };
    }

    private static LegEnd byCause(String cause, boolean rang) {
        return switch (cause) {
            case "0", "18", "19" -> rang ? LegEnd.NO_ANSWER : LegEnd.FAILED;
            case "16", "127" -> LegEnd.CANCELLED;
            case "" -> LegEnd.UNKNOWN;
            default -> LegEnd.FAILED;
        };
    }

    /** {@return the raw cause of a channel that is gone, if it was told} */
    static @Nullable String code(Line line) {
        return line.cause().isEmpty() ? null : line.cause();
    }

    /** {@return who hung up} */
    static EndedBy endedBy(Journey journey) {
        List<Line> customers = Bridges.customers(journey);
        boolean internal = journey.direction() == Direction.INTERNAL;
        Instant end = journey.lines().stream()
                .flatMap(line -> Stream.ofNullable(line.at(Fact.HUNG_UP)))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        return journey.lines().stream()
                .filter(line -> line.is(Fact.HANGUP_ASKED) && line.endpoint().kind() != Endpoint.Kind.LOCAL)
                .filter(line -> customers.contains(line) || isLastAgent(journey, line, end))
                .min(Comparator.comparing(line -> asked(line)))
                .map(line -> customers.contains(line) && !internal ? EndedBy.CUSTOMER : EndedBy.AGENT)
                .orElse(EndedBy.PBX);
    }

    private static Instant asked(Line line) {
        Instant at = line.at(Fact.HANGUP_ASKED);
        return at == null ? Instant.MAX : at;
    }

    private static boolean isLastAgent(Journey journey, Line line, Instant end) {
        // An agent who refused the call earlier, or who handed it over, did not end it.
        boolean talked = journey.hasSaid("answered/" + line.id())
                || line.id().equals(journey.id().value());
        return talked && Duration.between(asked(line), end).compareTo(SAME_MOMENT) < 0;
    }
}
