// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.zadarma;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is not documented, or differs between accounts, and can therefore be turned with {@code POST
 * /_sandbox/settings}. Safe for use by many threads.
 */
final class Knobs {
    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("timeZone", "Europe/London"),
            Map.entry("extensions", List.of("100", "101", "102")),
            Map.entry("offline", List.of()),
            Map.entry("line", "442037691881"),
            Map.entry("plus", true),
            Map.entry("retries", 0),
            Map.entry("retryMillis", 1000),
            Map.entry("answerMillis", 5000),
            Map.entry("recordMillis", 2000),
            Map.entry("records", true),
            Map.entry("undocumented", true),
            Map.entry("stageStart", true),
            Map.entry("callbackHalves", "two"),
            Map.entry("callbackKind", "answered"),
            Map.entry("links", false),
            Map.entry("speed", 1.0));

    private final Map<String, Object> values = new LinkedHashMap<>(DEFAULTS);

    synchronized void turn(Map<String, Object> changes) {
        changes.forEach((name, value) -> {
            Object now = DEFAULTS.get(name);
            if (now == null) {
                throw new IllegalArgumentException(
                        "there is no setting \"" + name + "\"; there are " + DEFAULTS.keySet());
            }
            boolean fits = now instanceof Number
                    ? value instanceof Number
                    : now.getClass().isInstance(value);
            if (!fits && !(now instanceof List && value instanceof List)) {
                throw new IllegalArgumentException(name + " must be like " + now + ", but is " + value);
            }
        });
        if (changes.get("timeZone") instanceof String zone) {
            try {
                ZoneId.of(zone);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("there is no time zone \"" + zone + "\"", e);
            }
        }
        values.putAll(changes);
    }

    synchronized void reset() {
        values.putAll(DEFAULTS);
    }

    synchronized Map<String, Object> all() {
        return new LinkedHashMap<>(values);
    }

    synchronized Object value(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("no setting " + name);
        }
        return value;
    }

    String text(String name) {
        return String.valueOf(value(name));
    }

    boolean on(String name) {
        return Boolean.TRUE.equals(value(name));
    }

    double number(String name) {
        return ((Number) value(name)).doubleValue();
    }

    Duration millis(String name) {
        return Duration.ofMillis((long) number(name));
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        ((List<?>) value(name)).forEach(member -> texts.add(String.valueOf(member)));
        return texts;
    }

    ZoneId zone() {
        return ZoneId.of(text("timeZone"));
    }
}
