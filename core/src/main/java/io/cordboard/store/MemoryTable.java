// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import io.cordboard.connector.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What one account keeps for itself. */
final class MemoryTable implements Memory {
    private static final int LONGEST_KEY = 200;
    private static final int LARGEST_VALUE = 64 * 1024;

    private final String account;
    private final Readers readers;
    private final Writer writer;

    MemoryTable(String account, Readers readers, Writer writer) {
        this.account = account;
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public Optional<String> get(String key) {
        return readers.read(link -> link.first(
                "SELECT value FROM memory WHERE account = ? AND key = ?", row -> row.getString(1), account, key));
    }

    @Override
    public void putAll(Map<String, String> values) {
        Map<String, String> copy = Map.copyOf(values);
        copy.forEach(MemoryTable::check);
        writer.perform(link -> {
            for (var entry : copy.entrySet()) {
                link.update(
                        "INSERT INTO memory (account, key, value) VALUES (?, ?, ?)"
                                + " ON CONFLICT DO UPDATE SET value = excluded.value",
                        account,
                        entry.getKey(),
                        entry.getValue());
            }
            return true;
        });
    }

    private static void check(String key, String value) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException("a key has 1 to " + LONGEST_KEY + " characters: " + key.length());
        }
        int size = value.getBytes(StandardCharsets.UTF_8).length;
        if (size > LARGEST_VALUE) {
            throw new IllegalArgumentException("the value of " + key + " is larger than 64 KiB: " + size + " bytes");
        }
    }

    @Override
    public void remove(String key) {
        writer.perform(link -> link.update("DELETE FROM memory WHERE account = ? AND key = ?", account, key));
    }

    @Override
    public Map<String, String> startingWith(String prefix) {
        Map<String, String> found = new TreeMap<>();
        readers.read(link -> link.query(
                        "SELECT key, value FROM memory WHERE account = ? AND key >= ?"
                                + " AND substr(key, 1, length(?)) = ?",
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        account,
                        prefix,
                        prefix,
                        prefix))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }
}
