// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.Extension;
import io.cordboard.call.PbxRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads the record of a whole call. Whether anybody talked is told by {@code talk_time} alone: the vendor's own example
 * has a call that ended in the menu as a success.
 */
final class MangoSummary {
    private static final String SOURCE = "summary";

    private MangoSummary() {}

    static Direction direction(MangoNotice summary) {
        return switch (summary.text("call_direction")) {
            case "0" -> Direction.INTERNAL;
            case "2" -> Direction.OUTBOUND;
            default -> Direction.INBOUND;
        };
    }

    static List<CallEvent> events(CallId call, MangoNotice summary) {
        Direction direction = direction(summary);
        int code = summary.code();
        Instant end = summary.at();
        Optional<Instant> talk = summary.time("talk_time");
        EndReason reason = talk.isPresent() ? EndReason.COMPLETED : MangoCode.unanswered(code, direction);
        String side = direction == Direction.OUTBOUND ? "from" : "to";
        // Without a number it is a group's short number, and nobody's phone.
        List<Extension> agent = summary.number(side).isEmpty()
                ? List.of()
                : summary.extension(side).map(List::of).orElse(List.of());
        PbxRecord record = new PbxRecord(
                SOURCE,
                true,
                reason,
                MangoCode.by(code, direction),
                Integer.toString(code),
                summary.time("create_time").orElse(null),
                end,
                talk.map(at -> at.isBefore(end) ? Duration.between(at, end) : Duration.ZERO)
                        .orElse(null),
                direction == Direction.OUTBOUND ? List.of() : agent,
                talk.isPresent() ? agent : List.of());
        return List.of(
                new CallEvent.Ended(call, end, reason, record.endedBy(), record.code()),
                new CallEvent.Recorded(call, end, record));
    }
}
