// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.Caller;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.Extension;
import io.cordboard.call.PbxRecord;
import io.cordboard.call.Recording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call as the statistics know it. Where events told of it too, they told it earlier and better: so everything is told
 * with the moment at which it was asked, and the record is marked as not complete. Used by one thread.
 */
final class MangoPast {
    private final String entry;
    private final Direction direction;
    private final Instant began;
    private final Instant ended;
    private final Set<Extension> rang = new LinkedHashSet<>();
    private final Set<Extension> talked = new LinkedHashSet<>();
    private final Set<String> recordings = new LinkedHashSet<>();
    private String customer = "";
    private @Nullable String line;
    private @Nullable Extension agent;
    private Duration connected = Duration.ZERO;
    private int code;

    MangoPast(String entry, Direction direction, Instant began, Instant ended) {
        this.entry = entry;
        this.direction = direction;
        this.began = began;
        this.ended = ended.isBefore(began) ? began : ended;
    }

    MangoPast between(String customerNumber, @Nullable String usedLine, @Nullable Extension dialler) {
        customer = customerNumber;
        line = usedLine;
        agent = dialler;
        return this;
    }

    void ended(int disconnectReason, Duration talk) {
        code = disconnectReason;
        connected = talk;
    }

    void rang(Extension phone, boolean answered) {
        rang.add(phone);
        if (answered) {
            talked.add(phone);
        }
    }

    void recorded(String recording) {
        if (!recording.isEmpty() && recording.length() <= 128) {
            recordings.add(recording);
        }
    }

    String entry() {
        return entry;
    }

    Instant began() {
        return began;
    }

    List<CallEvent> events(String account, Instant now) {
        CallId call = new CallId(account, entry);
        boolean answered = connected.compareTo(Duration.ZERO) > 0;
        EndReason reason = answered ? EndReason.COMPLETED : MangoCode.unanswered(code, direction);
        List<CallEvent> said = new ArrayList<>();
        said.add(new CallEvent.Arrived(
                call, now, direction, Caller.raw(customer), line, direction == Direction.INBOUND ? null : agent, null));
        recordings.forEach(name -> said.add(new CallEvent.RecordingAvailable(call, now, new Recording(name, null))));
        List<Extension> agents = agent == null ? List.of() : List.of(agent);
        PbxRecord record = new PbxRecord(
                "statistics",
                false,
                reason,
                MangoCode.by(code, direction),
                Integer.toString(code),
                began,
                ended,
                answered ? connected : null,
                direction == Direction.OUTBOUND ? List.of() : List.copyOf(rang),
                !answered ? List.of() : direction == Direction.OUTBOUND ? agents : List.copyOf(talked));
        said.add(new CallEvent.Ended(call, now, reason, record.endedBy(), record.code()));
        said.add(new CallEvent.Recorded(call, now, record));
        return said;
    }
}
