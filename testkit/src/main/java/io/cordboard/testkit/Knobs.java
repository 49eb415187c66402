// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

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
public final class Knobs {
    private final Map<String, Object> defaults;
    private final Map<String, Object> values;

    /**
     * Creates knobs.
     *
     * @param defaults what there is, by name: texts, numbers, yes or no, and lists of texts; {@code timeZone} is the
     *     name of a zone
     */
    public Knobs(Map<String, Object> defaults) {
        this.defaults = Map.copyOf(defaults);
        this.values = new LinkedHashMap<>(defaults);
    }

    /**
     * Turns some.
     *
     * @param changes by name
     * @throws IllegalArgumentException naming what there is, when a name is none of it
     */
    public synchronized void turn(Map<String, Object> changes) {
        changes.forEach((name, value) -> {
            Object now = defaults.get(name);
            if (now == null) {
                throw new IllegalArgumentException(
                        "there is no setting \"" + name + "\"; there are " + defaults.keySet());
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

    /** Turns all back. */
    public synchronized void reset() {
        values.putAll(defaults);
    }

    /** {@return everything, by name} */
    public synchronized Map<String, Object> all() {
        return new LinkedHashMap<>(values);
    }

    /**
     * {@return how one is turned}
     *
     * @param name its name
     */
    public synchronized Object value(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("no setting " + name);
        }
        return value;
    }

    /**
     * {@return a text}
     *
     * @param name its name
     */
    public String text(String name) {
        return String.valueOf(value(name));
    }

    /**
     * {@return yes or no}
     *
     * @param name its name
     */
    public boolean on(String name) {
        return Boolean.TRUE.equals(value(name));
    }

    /**
     * {@return a number}
     *
     * @param name its name
     */
    public double number(String name) {
        return ((Number) value(name)).doubleValue();
    }

    /**
     * {@return a number of milliseconds}
     *
     * @param name its name
     */
    public Duration millis(String name) {
        return Duration.ofMillis((long) number(name));
    }

    /**
     * {@return a list of texts}
     *
     * @param name its name
     */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        ((List<?>) value(name)).forEach(member -> texts.add(String.valueOf(member)));
        return texts;
    }

    /** {@return the zone that {@code timeZone} names} */
    public ZoneId zone() {
        return ZoneId.of(text("timeZone"));
    }
}
