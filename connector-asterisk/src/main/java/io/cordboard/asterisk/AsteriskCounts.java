// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What one account has counted since it was made; what never happened counts as 0. Safe for use by many threads. */
final class AsteriskCounts {
    static final String EVENTS = "events_taken";
    static final String DROPPED = "events_dropped";
    static final String FAILED = "events_failed";
    static final String RESYNCS = "resyncs";
    static final String CONNECTIONS = "connections_made";
    static final String BROKEN = "connections_broken";
    static final String ACTIONS = "actions_done";
    static final String REFUSED = "actions_refused";
    static final String UNANSWERED = "actions_unanswered";
    static final String ROUTED = "routes_answered";
    static final String LATE = "routes_over_budget";
    static final String UNROUTED = "routes_failed";

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    AsteriskCounts() {
        List.of(
                        EVENTS,
                        DROPPED,
                        FAILED,
                        RESYNCS,
                        CONNECTIONS,
                        BROKEN,
                        ACTIONS,
                        REFUSED,
                        UNANSWERED,
                        ROUTED,
                        LATE,
                        UNROUTED)
                .forEach(name -> counts.put(name, new LongAdder()));
    }

    void add(String name) {
        counts.computeIfAbsent(name, n -> new LongAdder()).increment();
    }

    Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((name, count) -> all.put(name, count.sum()));
        return all;
    }
}
