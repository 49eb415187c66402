// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.zadarma;

import io.cordboard.testkit.PlayedCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call that the sandbox plays, and what it knows about it. Safe for use by many threads. */
final class Played {
    private final String id;
    private final String kind;
    private final String from;
    private final String to;
    private final Instant startedAt;
    private final List<String> rang = new ArrayList<>();
    private final List<String> answeredBy = new ArrayList<>();
    private @Nullable String callerName;
    private @Nullable String redirect;
    private @Nullable String recording;
    private String disposition = "";
    private long seconds;
    private @Nullable Instant endedAt;

    Played(String id, String kind, String from, String to, Instant startedAt) {
        this.id = id;
        this.kind = kind;
        this.from = from;
        this.to = to;
        this.startedAt = startedAt;
    }

    String id() {
        return id;
    }

    String from() {
        return from;
    }

    String to() {
        return to;
    }

    Instant startedAt() {
        return startedAt;
    }

    boolean isOutgoing() {
        return id.startsWith("out_");
    }

    synchronized boolean isOver() {
        return endedAt != null;
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

    synchronized void answered(Map<String, Object> answer) {
        callerName = answer.containsKey("caller_name") ? String.valueOf(answer.get("caller_name")) : null;
        redirect = answer.containsKey("redirect") ? String.valueOf(answer.get("redirect")) : null;
    }

    synchronized void recorded(String name) {
        recording = name;
    }

    synchronized void over(String how, long lasted, Instant at) {
        disposition = how;
        seconds = lasted;
        endedAt = at;
    }

    synchronized PlayedCall played() {
        PlayedCall.End end = disposition.equals("answered")
                ? PlayedCall.End.ANSWERED
                : disposition.equals("busy") ? PlayedCall.End.BUSY : PlayedCall.End.MISSED;
        return new PlayedCall(
                id,
                !isOutgoing(),
                from,
                rang,
                answeredBy,
                end,
                end == PlayedCall.End.ANSWERED ? seconds : 0,
                recording == null ? List.of() : List.of(recording),
                endedAt != null);
    }

    /** {@return its row in the PBX's statistics} */
    synchronized Map<String, Object> row(String wallClock) {
        String agent =
                !answeredBy.isEmpty() ? answeredBy.get(answeredBy.size() - 1) : rang.isEmpty() ? to : rang.get(0);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("call_id", recording == null ? startedAt.getEpochSecond() + ".1" : recording);
        row.put("sip", isOutgoing() ? from : agent);
        row.put("callstart", wallClock);
        row.put("clid", from);
        row.put("destination", to);
        row.put("disposition", disposition);
        row.put("seconds", seconds);
        row.put("is_recorded", recording != null);
        row.put("pbx_call_id", id);
        return row;
    }

    synchronized Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("pbx_call_id", id);
        state.put("kind", kind);
        state.put("direction", isOutgoing() ? "OUTBOUND" : "INBOUND");
        state.put("from", from);
        state.put("to", to);
        state.put("rang", List.copyOf(rang));
        state.put("answeredBy", List.copyOf(answeredBy));
        state.put("caller_name", callerName);
        state.put("redirect", redirect);
        state.put("recording", recording);
        state.put("disposition", disposition);
        state.put("seconds", seconds);
        state.put("startedAt", startedAt);
        state.put("endedAt", endedAt);
        return state;
    }
}
