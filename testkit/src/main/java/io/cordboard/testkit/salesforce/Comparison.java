// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import io.cordboard.testkit.salesforce.FieldType.Kind;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How values compare: texts by their letters whatever their case, ids by 15 characters, numbers by what they are. */
final class Comparison {
    private Comparison() {}

    /** What two values of a kind must have in common to be equal. */
    static String key(Kind kind, String value) {
        if (kind.textual()) {
            return value.toLowerCase(Locale.ROOT);
        }
        if (kind.id()) {
            return Ids.key(value);
        }
        if (kind.numeric() && !value.isEmpty()) {
            return new BigDecimal(value).stripTrailingZeros().toPlainString();
        }
        return value;
    }

    static int compare(Kind kind, String a, String b) {
        if (kind.numeric()) {
            return new BigDecimal(a).compareTo(new BigDecimal(b));
        }
        return key(kind, a).compareTo(key(kind, b));
    }

    static Comparator<@Nullable String> order(Soql.Order order) {
        Comparator<String> values = (a, b) -> compare(order.path().field().kind(), a, b);
        Comparator<String> sorted = order.down() ? values.reversed() : values;
        return order.nullsLast() ? Comparator.nullsLast(sorted) : Comparator.nullsFirst(sorted);
    }

    static Predicate<@Nullable String> of(FieldType field, SoqlText.Token operator, Literal literal, SoqlText text) {
        Kind kind = field.kind();
        if (operator.is("LIKE")) {
            if (!kind.textual()) {
                throw text.filter(operator.column(), "invalid operator on " + kind.described + " field");
            }
            Pattern pattern = like(literal.from());
            return value -> value != null && pattern.matcher(value).matches();
        }
        boolean none = literal.kind() == Literal.Kind.NULL || literal.from().isEmpty();
        Predicate<@Nullable String> equal = none
                ? value -> value == null
                : value -> value != null
                        && compare(kind, value, start(kind, literal)) >= 0
                        && compare(kind, value, end(kind, literal)) <= 0;
        return switch (operator.text()) {
            case "=" -> equal;
            case "!=", "<>" -> equal.negate();
            case "<" -> value -> value != null && !none && compare(kind, value, start(kind, literal)) < 0;
            case "<=" -> value -> value != null && !none && compare(kind, value, end(kind, literal)) <= 0;
            case ">" -> value -> value != null && !none && compare(kind, value, end(kind, literal)) > 0;
            case ">=" -> value -> value != null && !none && compare(kind, value, start(kind, literal)) >= 0;
            default -> throw text.unexpected(operator);
        };
    }

    private static String start(Kind kind, Literal literal) {
        return kind == Kind.DATE ? literal.from().substring(0, 10) : literal.from();
    }

    private static String end(Kind kind, Literal literal) {
        return kind == Kind.DATE ? literal.until().substring(0, 10) : literal.until();
    }

    private static Pattern like(String text) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && "%_".indexOf(text.charAt(i + 1)) >= 0) {
                i++;
                pattern.append(Pattern.quote(String.valueOf(text.charAt(i))));
            } else if (c == '%') {
                pattern.append(".*");
            } else if (c == '_') {
                pattern.append('.');
            } else {
                pattern.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }
}
