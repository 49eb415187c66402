// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What one account has counted since it was made, by name. Safe for use by many threads. */
public final class Counts {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /** Creates counts that are all zero. */
    public Counts() {}

    /**
     * Counts one.
     *
     * @param name what
     */
    public void add(String name) {
        add(name, 1);
    }

    /**
     * Counts several.
     *
     * @param name what
     * @param howMany how many
     */
    public void add(String name, long howMany) {
        counts.computeIfAbsent(name, n -> new LongAdder()).add(howMany);
    }

    /**
     * {@return how many there were}
     *
     * @param name what
     */
    public long of(String name) {
        LongAdder count = counts.get(name);
        return count == null ? 0 : count.sum();
    }

    /** {@return everything that was counted, by name} */
    public Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((name, count) -> all.put(name, count.sum()));
        return all;
    }
}
