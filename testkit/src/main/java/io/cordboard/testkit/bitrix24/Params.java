// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A method's parameters, typed or not, in either case. */
final class Params {
    private final Map<String, Object> values;

    Params(Map<String, Object> values) {
        this.values = values;
    }

    Map<String, Object> all() {
        return values;
    }

    @Nullable
    Object raw(String name) {
        Object value = values.get(name);
        if (value == null) {
            value = values.get(name.toUpperCase(Locale.ROOT));
        }
        return value == null ? values.get(name.toLowerCase(Locale.ROOT)) : value;
    }

    boolean has(String name) {
        return raw(name) != null;
    }

    String text(String name) {
        return textOf(raw(name));
    }

    static String textOf(@Nullable Object value) {
        if (value == null || value instanceof Map || value instanceof List) {
            return "";
        }
        if (value instanceof Boolean bool) {
            return bool ? "1" : "";
        }
        return value.toString();
    }

    Optional<String> some(String name) {
        return Optional.of(text(name)).filter(text -> !text.isBlank());
    }

    OptionalInt number(String name) {
        return numberOf(raw(name));
    }

    static OptionalInt numberOf(@Nullable Object value) {
        try {
            return OptionalInt.of((int) Double.parseDouble(textOf(value)));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** Whether a switch is on; Y, 1 and true are. */
    boolean on(String name, boolean otherwise) {
        String text = text(name);
        if (!has(name)) {
            return otherwise;
        }
        return text.equals("1") || text.equalsIgnoreCase("Y") || text.equalsIgnoreCase("true");
    }

    Map<String, Object> map(String name) {
        return mapOf(raw(name));
    }

    static Map<String, Object> mapOf(@Nullable Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> given) {
            given.forEach((k, v) -> map.put(String.valueOf(k), v));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                map.put(Integer.toString(i), list.get(i));
            }
        }
        return map;
    }

    List<Object> list(String name) {
        return listOf(raw(name));
    }

    static List<Object> listOf(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        return value instanceof Map<?, ?> map ? new ArrayList<>(map.values()) : List.of(value);
    }
}
