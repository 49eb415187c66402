// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

import io.cordboard.testkit.PlayedCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** One call that the sandbox plays, and what it knows about it. Safe for use by many threads. */
final class Played {
    private static final int BUSY = 1121;

    private final String entry;
    private final String kind;
    private final int direction;
    private final String from;
    private final String to;
    private final Instant startedAt;
    private final LinkedBlockingQueue<Order> orders = new LinkedBlockingQueue<>();
    private final List<Leg> legs = new ArrayList<>();
    private final List<String> rang = new ArrayList<>();
    private final List<String> answeredBy = new ArrayList<>();
    private final List<String> recordings = new ArrayList<>();
    private @Nullable String callerName;
    private long talkAt;
    private long endAt;
    private int reason;

    Played(String entry, String kind, int direction, List<String> ends, Instant startedAt) {
        this.entry = entry;
        this.kind = kind;
        this.direction = direction;
        this.from = ends.get(0);
        this.to = ends.get(1);
        this.startedAt = startedAt;
    }

    String entry() {
        return entry;
    }

    String from() {
        return from;
    }

    String to() {
        return to;
    }

    int direction() {
        return direction;
    }

    Instant startedAt() {
        return startedAt;
    }

    LinkedBlockingQueue<Order> orders() {
        return orders;
    }

    synchronized Leg add(Leg leg) {
        legs.add(leg);
        return leg;
    }

    synchronized List<Leg> legs() {
        return List.copyOf(legs);
    }

    synchronized Optional<Leg> leg(String id) {
        return legs.stream().filter(leg -> leg.id.equals(id)).findFirst();
    }

    synchronized void rings(String extension) {
        if (!rang.contains(extension)) {
            rang.add(extension);
        }
    }

    synchronized void answers(String extension) {
        if (!answeredBy.contains(extension)) {
            answeredBy.add(extension);
        }
    }

    synchronized void shows(String name) {
        callerName = name;
    }

    synchronized void recorded(String recording) {
        recordings.add(recording);
    }

    synchronized void talks(long at) {
        if (talkAt == 0) {
            talkAt = at;
        }
    }

    synchronized long talkAt() {
        return talkAt;
    }

    synchronized void over(long at, int code) {
        endAt = at;
        reason = code;
    }

    synchronized long endAt() {
        return endAt;
    }

    synchronized int reason() {
        return reason;
    }

    synchronized boolean isOver() {
        return endAt > 0;
    }

    synchronized List<String> answeredBy() {
        return List.copyOf(answeredBy);
    }

    synchronized PlayedCall played() {
        PlayedCall.End end =
                talkAt > 0 ? PlayedCall.End.ANSWERED : reason == BUSY ? PlayedCall.End.BUSY : PlayedCall.End.MISSED;
        return new PlayedCall(
                entry,
                direction == 1,
                from,
                rang,
                answeredBy,
                end,
                talkAt > 0 ? endAt - talkAt : 0,
                recordings,
                endAt > 0);
    }

    synchronized Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("entry_id", entry);
        state.put("kind", kind);
        state.put("direction", direction == 1 ? "INBOUND" : direction == 2 ? "OUTBOUND" : "INTERNAL");
        state.put("from", from);
        state.put("to", to);
        state.put("rang", List.copyOf(rang));
        state.put("answeredBy", List.copyOf(answeredBy));
        state.put("caller_name", callerName);
        state.put("recordings", List.copyOf(recordings));
        state.put("legs", legs.stream().map(leg -> leg.id).toList());
        state.put("talkTime", talkAt);
        state.put("endTime", endAt);
        state.put("disconnect_reason", reason);
        state.put("startedAt", startedAt);
        state.put("over", endAt > 0);
        return state;
    }
}
