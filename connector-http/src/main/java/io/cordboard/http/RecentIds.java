// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The ids that were seen last: so many at least, twice as many at most. Safe for use by many threads. */
public final class RecentIds {
    private final int howMany;
    private final Map<String, Boolean> older = new ConcurrentHashMap<>();
    private final Map<String, Boolean> newer = new ConcurrentHashMap<>();

    /**
     * Creates an empty one.
     *
     * @param howMany how many are remembered at least
     */
    public RecentIds(int howMany) {
        this.howMany = howMany;
    }

    /**
     * Remembers an id.
     *
     * @param id the id
     */
    public synchronized void add(String id) {
        if (newer.size() >= howMany) {
            older.clear();
            older.putAll(newer);
            newer.clear();
        }
        newer.put(id, true);
    }

    /**
     * {@return whether an id was seen lately}
     *
     * @param id the id
     */
    public boolean contains(String id) {
        return newer.containsKey(id) || older.containsKey(id);
    }
}
