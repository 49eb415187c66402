// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One event of the Asterisk Manager Interface, free of any library's types. Immutable.
 *
 * @param name the event's name in lower case, such as {@code newchannel}
 * @param fields its fields by name in lower case; empty and unknown ones are absent
 * @param variables the channel variables that came with it, by name as written; empty ones are absent
 */
record AmiEvent(String name, Map<String, String> fields, Map<String, String> variables) {
    private static final String UNKNOWN = "<unknown>";

    /** Until the year 5138: with what is later, nobody can reckon without overflowing. */
    private static final Pattern EPOCH = Pattern.compile("[0-9]{1,11}(\\.[0-9]{1,9})?");

    AmiEvent {
        fields = cleaned(fields, true);
        variables = cleaned(variables, false);
        name = name.toLowerCase(Locale.ROOT);
    }

    AmiEvent(String name, Map<String, String> fields) {
        this(name, fields, Map.of());
    }

    private static Map<String, String> cleaned(Map<String, String> raw, boolean lower) {
        Map<String, String> clean = new HashMap<>();
        raw.forEach((key, value) -> {
            if (!value.isBlank() && !value.equals(UNKNOWN)) {
                clean.put(lower ? key.toLowerCase(Locale.ROOT) : key, value.strip());
            }
        });
        return Map.copyOf(clean);
    }

    boolean is(String other) {
        return name.equals(other);
    }

    @Nullable
    String find(String field) {
        return fields.get(field);
    }

    String get(String field) {
        return fields.getOrDefault(field, "");
    }

    /** {@return when Asterisk says it happened, or the given moment when it does not say} */
    Instant at(Instant otherwise) {
        String seconds = get("timestamp");
        if (!EPOCH.matcher(seconds).matches()) {
            return otherwise;
        }
        BigDecimal exact = new BigDecimal(seconds);
        long whole = exact.longValue();
        long nanos = exact.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
        return Instant.ofEpochSecond(whole, nanos);
    }
}
