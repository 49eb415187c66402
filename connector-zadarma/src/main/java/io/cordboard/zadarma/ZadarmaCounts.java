// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What one account has counted since it started. Safe for use by many threads. */
final class ZadarmaCounts {
    static final String TAKEN = "webhooks_taken";
    static final String UNKNOWN = "webhooks_unknown_event";
    static final String MALFORMED = "webhooks_refused_malformed";
    static final String SIGNATURE = "webhooks_refused_signature";
    static final String SENDER = "webhooks_refused_sender";
    static final String REPLAYED = "webhooks_refused_replayed";
    static final String SLOW = "routes_over_budget";
    static final String ROUTED = "routes_answered";
    static final String TOLD_BY_HISTORY = "history_calls";

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void add(String name) {
        add(name, 1);
    }

    void add(String name, long howMany) {
        counts.computeIfAbsent(name, n -> new LongAdder()).add(howMany);
    }

    long of(String name) {
        LongAdder count = counts.get(name);
        return count == null ? 0 : count.sum();
    }

    Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((name, count) -> all.put(name, count.sum()));
        return all;
    }
}
