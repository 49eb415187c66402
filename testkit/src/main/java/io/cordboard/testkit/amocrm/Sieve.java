// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code filter[...]} of a list; what it does not know, it ignores without a word. */
final class Sieve {
    private Sieve() {}

    /** Whether a value is one of those that were asked for, or nothing was asked for. */
    static <T> Predicate<T> oneOf(Ask ask, String name, Function<T, @Nullable Object> value) {
        Set<String> wanted = new HashSet<>(ask.filter(name));
        return one -> wanted.isEmpty() || wanted.contains(String.valueOf(value.apply(one)));
    }

    /** Whether a time lies between {@code [from]} and {@code [to]}, both included. */
    static <T> Predicate<T> between(Ask ask, String name, Function<T, Long> time) {
        Object given = ask.filter().get(name);
        if (given instanceof Map<?, ?> range) {
            long from = seconds(range.get("from"), Long.MIN_VALUE);
            long to = seconds(range.get("to"), Long.MAX_VALUE);
            return one -> time.apply(one) >= from && time.apply(one) <= to;
        }
        if (given != null) {
            long exactly = seconds(given, Long.MIN_VALUE);
            return one -> time.apply(one) == exactly;
        }
        return one -> true;
    }

    private static long seconds(@Nullable Object text, long otherwise) {
        try {
            return text == null ? otherwise : Long.parseLong(text.toString());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** The cards that have one of the phases of {@code filter[statuses]}. */
    static Predicate<Card> statuses(Ask ask) {
        List<Map<String, Object>> wanted = Body.map(ask.filter().get("statuses")).values().stream()
                .map(Body::map)
                .toList();
        return card -> wanted.isEmpty()
                || wanted.stream()
                        .anyMatch(one -> card.text("pipeline_id").equals(one.get("pipeline_id"))
                                && card.text("status_id").equals(one.get("status_id")));
    }

    /** The cards that have one of the values of {@code filter[custom_fields_values][id]}. */
    static Predicate<Card> custom(Ask ask) {
        Map<String, Object> wanted = Body.map(ask.filter().get("custom_fields_values"));
        return card -> wanted.entrySet().stream().allMatch(field -> {
            Set<String> values = Set.copyOf(Ask.list(field.getValue()));
            return card.custom().stream()
                    .filter(one -> field.getKey().equals(String.valueOf(one.get("field_id"))))
                    .flatMap(one -> Body.maps(one.get("values")).stream())
                    .anyMatch(value -> values.contains(String.valueOf(value.get("value"))));
        });
    }
}
