// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A list's filter: {@code >=DATE_MODIFY}, {@code @ID}, {@code !%TITLE}, {@code 0: {logic: OR, ...}}. */
final class Filter {
    private static final List<String> OPERATORS =
            List.of("!=%", "!%", "!@", "!=", ">=", "<=", "=%", "%=", ">", "<", "@", "!", "=", "%", "?");

    private final List<Condition> conditions = new ArrayList<>();
    private final List<Filter> groups = new ArrayList<>();
    private final boolean any;
    private int afterId;

    /**
     * Reads a filter.
     *
     * @param filter as it was sent
     * @param name turns a field's name into the upper-case one
     */
    Filter(Map<String, Object> filter, Function<String, String> name) {
        this.any = "OR".equalsIgnoreCase(Params.textOf(filter.get("logic")));
        filter.forEach((key, value) -> {
            if (value instanceof Map<?, ?> && Params.numberOf(key).isPresent()) {
                groups.add(new Filter(Params.mapOf(value), name));
            } else if (!key.equalsIgnoreCase("logic")) {
                add(key, value, name);
            }
        });
    }

    private void add(String key, @Nullable Object value, Function<String, String> name) {
        String operator = OPERATORS.stream().filter(key::startsWith).findFirst().orElse("");
        String field = name.apply(key.substring(operator.length()));
        List<Value> values = Params.listOf(value).stream().map(Value::read).toList();
        if (field.equals("ID") && operator.equals(">") && !any && values.size() == 1) {
            afterId = Math.max(afterId, Params.numberOf(value).orElse(0));
        }
        conditions.add(new Condition(operator, field, values.isEmpty() ? List.of(Value.read("")) : values));
    }

    /** Every row has a greater id than this, so that a list need not begin at the first row. */
    int afterId() {
        return afterId;
    }

    static boolean isNoTime(String text) {
        return Value.time(text) == null;
    }

    boolean asksFor(String field) {
        return conditions.stream().anyMatch(condition -> condition.field.equals(field));
    }

    boolean matches(Function<String, @Nullable Object> row) {
        if (any) {
            return conditions.stream().anyMatch(condition -> condition.holds(row))
                    || groups.stream().anyMatch(group -> group.matches(row));
        }
        for (Condition condition : conditions) {
            if (!condition.holds(row)) {
                return false;
            }
        }
        return groups.stream().allMatch(group -> group.matches(row));
    }

    private record Condition(String operator, String field, List<Value> wanted) {
        boolean holds(Function<String, @Nullable Object> row) {
            Object value = row.apply(field);
            if (value instanceof List<?> list) {
                return operator.startsWith("!")
                        == list.stream().noneMatch(each -> wanted.stream().anyMatch(w -> one(each, w)));
            }
            boolean some = wanted.stream().anyMatch(w -> one(value, w));
            return operator.startsWith("!") != some;
        }

        private boolean one(@Nullable Object value, Value wanted) {
            return switch (operator.replace("!", "")) {
                case ">" -> wanted.compare(value) > 0;
                case ">=" -> wanted.compare(value) >= 0;
                case "<" -> wanted.compare(value) < 0;
                case "<=" -> wanted.compare(value) <= 0;
                case "%", "?" -> Params.textOf(value).toLowerCase(Locale.ROOT).contains(wanted.bare());
                case "=%", "%=" -> like(Params.textOf(value).toLowerCase(Locale.ROOT), wanted.bare());
                default -> wanted.compare(value) == 0;
            };
        }

        private static boolean like(String text, String pattern) {
            boolean start = pattern.startsWith("%");
            boolean end = pattern.endsWith("%");
            String bare = pattern.replace("%", "");
            if (start && end) {
                return text.contains(bare);
            }
            return start ? text.endsWith(bare) : end ? text.startsWith(bare) : text.equals(bare);
        }
    }

    private record Value(
            String text,
            @Nullable BigDecimal number,
            @Nullable Instant time) {
        static Value read(@Nullable Object value) {
            String text = Params.textOf(value);
            return new Value(text, decimal(text), time(text));
        }

        String bare() {
            return text.toLowerCase(Locale.ROOT);
        }

        /** How the row's value stands to this one. */
        int compare(@Nullable Object value) {
            if (value instanceof Instant instant) {
                return time == null ? 1 : instant.compareTo(time);
            }
            String other = Params.textOf(value);
            BigDecimal decimal = number == null ? null : decimal(other);
            if (number != null && decimal != null) {
                return decimal.compareTo(number);
            }
            return other.compareToIgnoreCase(text);
        }

        private static @Nullable BigDecimal decimal(String text) {
            if (text.isEmpty() || text.length() > 18 || !Character.isDigit(text.charAt(text.length() - 1))) {
                return null;
            }
            try {
                return text.startsWith("+") ? null : new BigDecimal(text);
            } catch (NumberFormatException e) {
                return null;
            }
        }

        static @Nullable Instant time(String text) {
            try {
                return text.length() < 19 ? null : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException e) {
                return null;
            }
        }
    }
}
