// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeSet;

/** query, queryAll, queryMore: batches, and the cursors between them. Guarded by the sandbox's lock. */
final class Queries {
    private static final int MIN_BATCH = 200;
    private static final int MAX_BATCH = 2000;
    private static final int MAX_CURSORS = 10;

    private final Org org;
    private final Map<String, Cursor> cursors = new LinkedHashMap<>();

    Queries(Org org) {
        this.org = org;
    }

    String query(Envelope call, boolean all) {
        Soql soql = SoqlParser.parse(org, call.text("queryString"));
        List<Row> rows = rows(soql, all);
        if (soql.columns().isEmpty()) {
            return result(true, null, "", rows.size());
        }
        if (soql.aggregates()) {
            return new Aggregates(org, soql).result(rows);
        }
        return batch(new Cursor(soql, rows, 0, org.now()), size(call));
    }

    String queryMore(Envelope call) {
        Cursor cursor = cursors.remove(call.text("queryLocator"));
        if (cursor == null
                || cursor.used.plus(org.switches().seconds("cursorSeconds")).isBefore(org.now())) {
            throw SoapFault.locator();
        }
        return batch(cursor, size(call));
    }

    private static int size(Envelope call) {
        int wanted =
                call.header("QueryOptions", "batchSize").map(Integer::parseInt).orElse(MAX_BATCH);
        return Math.max(MIN_BATCH, Math.min(MAX_BATCH, wanted));
    }

    private String batch(Cursor cursor, int size) {
        int end = Math.min(cursor.position + size, cursor.rows.size());
        RowXml xml = new RowXml(org, cursor.soql.columns());
        Out records = new Out();
        cursor.rows.subList(cursor.position, end).forEach(row -> xml.write(records, "records", row));
        boolean done = end == cursor.rows.size();
        String locator = done ? null : keep(new Cursor(cursor.soql, cursor.rows, end, org.now()));
        return result(done, locator, records.toString(), cursor.rows.size());
    }

    private String keep(Cursor cursor) {
        String locator = Ids.full(Ids.of("01g", org.next("01g"))) + "-" + cursor.position;
        cursors.put(locator, cursor);
        if (cursors.size() > MAX_CURSORS) {
            Iterator<String> oldest = cursors.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return locator;
    }

    static String result(boolean done, @org.jspecify.annotations.Nullable String locator, String records, int size) {
        return new Out()
                .open("result", "QueryResult")
                .leaf("done", done)
                .leaf("queryLocator", locator)
                .raw(records)
                .leaf("size", size)
                .close("result")
                .toString();
    }

    /** What a query finds, sorted, from its offset to its limit. */
    List<Row> rows(Soql soql, boolean all) {
        List<Row> found = new ArrayList<>();
        Sharing sharing = new Sharing(org);
        sharing.describe(soql.from());
        for (Row row : candidates(soql)) {
            if ((all || !row.isDeleted())
                    && sharing.visible(row)
                    && soql.where().test(row)) {
                found.add(row);
            }
        }
        if (!soql.orders().isEmpty()) {
            Comparator<Row> comparator = Comparator.comparingInt(row -> 0);
            for (Soql.Order order : soql.orders()) {
                comparator = comparator.thenComparing(row -> order.path().value(org, row), Comparison.order(order));
            }
            found.sort(comparator.thenComparing(Row::key));
        }
        int begin = Math.min(soql.offset(), found.size());
        long end = Math.min((long) begin + soql.limit(), found.size());
        return List.copyOf(found.subList(begin, (int) end));
    }

    private Collection<Row> candidates(Soql soql) {
        NavigableMap<String, Row> table = org.table(soql.from());
        if (soql.ids() == null) {
            return table.values();
        }
        return new TreeSet<>(soql.ids())
                .stream().map(table::get).filter(Objects::nonNull).toList();
    }

    /** What is left of a query after its last batch. */
    private record Cursor(Soql soql, List<Row> rows, int position, Instant used) {}
}
