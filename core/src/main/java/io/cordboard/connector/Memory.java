// SPDX-License-Identifier: Apache-2.0
package io.cordboard.connector;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * What one account keeps across restarts: tokens, cursors, the CRM's ids of calls.
 *
 * <p>Reads are from memory or disk, within a millisecond; a write is on disk when it returns. Safe for use by many
 * threads.
 */
public interface Memory {
    /**
     * {@return the value, if there is one}
     *
     * @param key at most 200 characters
     */
    Optional<String> get(String key);

    /**
     * Keeps a value; it is on disk when this returns.
     *
     * @param key at most 200 characters
     * @param value at most 64 KiB
     */
    default void put(String key, String value) {
        putAll(Map.of(key, value));
    }

    /**
     * Keeps several values, all or none; they are on disk when this returns.
     *
     * @param values by key
     */
    void putAll(Map<String, String> values);

    /**
     * Forgets a value.
     *
     * @param key its key
     */
    void remove(String key);

    /**
     * Forgets several values.
     *
     * @param keys their keys
     */
    default void removeAll(Collection<String> keys) {
        keys.forEach(this::remove);
    }

    /**
     * {@return everything whose key begins with a prefix}
     *
     * @param prefix the beginning of the keys
     */
    Map<String, String> startingWith(String prefix);
}
