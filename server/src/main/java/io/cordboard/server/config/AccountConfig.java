// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.config;

import io.cordboard.connector.ConnectorFactory;
import java.util.Map;
import java.util.Optional;

/**
 * One member of the lists {@code pbx} and {@code crm}. {@link #toString()} hides the settings. Immutable.
 *
 * @param id the account's id, unique among all accounts
 * @param type the vendor
 * @param kind the list it stands in
 * @param region the default region of its numbers
 * @param hookSecret the secret part of its webhook URL, or null to make one
 * @param settings what its connector reads, flattened
 * @param place how the configuration calls it, such as {@code pbx[0]}
 * @param line its first line
 * @param lines the lines of its settings
 */
public record AccountConfig(
        String id,
        String type,
        ConnectorFactory.Kind kind,
        String region,
        Optional<String> hookSecret,
        Map<String, String> settings,
        String place,
        int line,
        Map<String, Integer> lines) {
    /** Copies the maps. */
    public AccountConfig {
        settings = Map.copyOf(settings);
        lines = Map.copyOf(lines);
    }

    /**
     * {@return the line of one of its keys, or its first line when the key is not given}
     *
     * @param key the key
     */
    public int lineOf(String key) {
        return lines.getOrDefault(key, line);
    }

    @Override
    public String toString() {
        return place + " " + id + " (" + type + ")";
    }
}
