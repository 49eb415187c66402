// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import io.cordboard.testkit.SandboxOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How this organisation differs from others: what the documents leave open can be switched. Guarded by the lock. */
final class Switches {
    private final SandboxOptions options;
    private final Map<String, Object> values = new LinkedHashMap<>();

    Switches(SandboxOptions options) {
        this.options = options;
        clear();
    }

    void clear() {
        values.clear();
        values.put("apiLimit", 100_000);
        values.put("sessionSeconds", 7200);
        values.put("rotation", true);
        values.put("instanceUrl", "");
        values.put("soapLogin", false);
        values.put("strictSearch", false);
        values.put("searchLagSeconds", 0);
        values.put("coveredLagSeconds", 0);
        values.put("duplicateRule", "off");
        values.put("duplicateBy", "phone");
        values.put("caseSensitiveIds", false);
        values.put("taskQueues", false);
        values.put("sharing", "public");
        values.put("cursorSeconds", 900);
        values.put("jwtApproved", true);
    }

    void set(Map<String, ?> changes) {
        changes.forEach((name, value) -> {
            Object now = values.get(name);
            if (now == null) {
                throw new IllegalArgumentException("there is no switch \"" + name + "\"; there are " + values.keySet());
            }
            if (!now.getClass().isInstance(value)) {
                throw new IllegalArgumentException(name + " must be like " + now + ", but is " + value);
            }
        });
        values.putAll(changes);
    }

    boolean on(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    int number(String name) {
        return values.get(name) instanceof Integer number ? number : 0;
    }

    Duration seconds(String name) {
        return Duration.ofSeconds(number(name));
    }

    String text(String name) {
        return String.valueOf(values.get(name));
    }

    Clock clock() {
        return options.clock();
    }

    SandboxOptions options() {
        return options;
    }

    Map<String, Object> all() {
        return new LinkedHashMap<>(values);
    }
}
