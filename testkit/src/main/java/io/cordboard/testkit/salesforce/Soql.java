// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A query, understood.
 *
 * @param from whose records
 * @param columns what of them; none for {@code COUNT()} alone
 * @param where which of them
 * @param ids the ids that may match at all, or null when the condition does not say
 * @param groups what they are grouped by
 * @param orders how they are sorted
 * @param limit how many at most
 * @param offset how many are left out at the beginning
 */
record Soql(
        ObjectType from,
        List<Column> columns,
        Predicate<Row> where,
        @Nullable List<String> ids,
        List<Path> groups,
        List<Order> orders,
        int limit,
        int offset) {
    Soql {
        columns = List.copyOf(columns);
        groups = List.copyOf(groups);
        orders = List.copyOf(orders);
    }

    boolean aggregates() {
        return !groups.isEmpty() || columns.stream().anyMatch(Aggregate.class::isInstance);
    }

    /** The object behind the outermost FROM of a query's text. */
    static Optional<String> objectOf(String text) {
        int depth = 0;
        String[] words = text.replace("(", " ( ").replace(")", " ) ").split("\\s+", -1);
        for (int i = 0; i + 1 < words.length; i++) {
            if (words[i].equals("(")) {
                depth++;
            } else if (words[i].equals(")")) {
                depth--;
            } else if (depth == 0 && words[i].equalsIgnoreCase("FROM")) {
                return Optional.of(words[i + 1]);
            }
        }
        return Optional.empty();
    }

    /** Something that is selected. */
    sealed interface Column {}

    /** A field, of the record or of a parent. */
    record Value(Path path) implements Column {}

    /** The children of the record. */
    record Children(String name, FieldType reference, Soql query) implements Column {}

    /** A count, a smallest, a greatest value; without a path every record counts. */
    record Aggregate(String function, @Nullable Path path, String alias) implements Column {}

    /** One key of the order. */
    record Order(Path path, boolean down, boolean nullsLast) {}
}
