// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import io.cordboard.connector.Memory;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A connector's memory that lives as long as the test. Safe for use by many threads. */
public final class MapMemory implements Memory {
    private final ConcurrentSkipListMap<String, String> values = new ConcurrentSkipListMap<>();

    /** Creates one that is empty. */
    public MapMemory() {}

    @Override
    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    @Override
    public void putAll(Map<String, String> more) {
        values.putAll(more);
    }

    @Override
    public void remove(String key) {
        values.remove(key);
    }

    @Override
    public Map<String, String> startingWith(String prefix) {
        return new TreeMap<>(values.subMap(prefix, prefix + Character.MAX_VALUE));
    }
}
