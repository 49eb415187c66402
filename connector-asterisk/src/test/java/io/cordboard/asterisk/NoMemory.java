// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.connector.Memory;
import java.util.Map;
import java.util.Optional;

/** What is given to a connector that has nothing to remember. */
final class NoMemory implements Memory {
    @Override
    public Optional<String> get(String key) {
        return Optional.empty();
    }

    @Override
    public void putAll(Map<String, String> values) {
        throw new AssertionError("nothing is to be remembered");
    }

    @Override
    public void remove(String key) {
        throw new AssertionError("nothing is to be forgotten");
    }

    @Override
    public Map<String, String> startingWith(String prefix) {
        return Map.of();
    }
}
