// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** All rows of one kind, by id. Guarded by the portal's lock. */
final class Table {
    static final int PAGE = 50;

    private final NavigableMap<Integer, Item> rows = new TreeMap<>();
    private int lastId;

    Item add(Instant now) {
        return add(lastId + 1, now);
    }

    Item add(int id, Instant now) {
        Item item = new Item(id, now);
        rows.put(id, item);
        lastId = Math.max(lastId, id);
        return item;
    }

    Optional<Item> get(int id) {
        return Optional.ofNullable(rows.get(id));
    }

    boolean remove(int id) {
        return rows.remove(id) != null;
    }

    int size() {
        return rows.size();
    }

    Collection<Item> all() {
        return rows.values();
    }

    /**
     * A page. With {@code start=-1} nothing is counted and the reading ends when the page is full, which is what makes
     * it fast.
     */
    Page list(Filter filter, Map<String, Object> order, int start, Function<String, String> name) {
        List<String> keys = order.keySet().stream().map(name).toList();
        boolean byId = keys.isEmpty() || keys.get(0).equals("ID");
        boolean down = byId
                && order.values().stream()
                        .findFirst()
                        .map(Params::textOf)
                        .orElse("")
                        .equalsIgnoreCase("DESC");
        NavigableMap<Integer, Item> from = rows.tailMap(filter.afterId(), false);
        boolean quick = start < 0 && byId;
        List<Item> found = new ArrayList<>();
        for (Item item : (down ? from.descendingMap() : from).values()) {
            if (filter.matches(item::field)) {
                found.add(item);
                if (quick && found.size() == PAGE) {
                    break;
                }
            }
        }
        if (!byId) {
            found.sort(comparator(order, name));
        }
        if (start < 0) {
            return new Page(found.subList(0, Math.min(PAGE, found.size())), 0, 0);
        }
        int begin = Math.min(start, found.size());
        int end = Math.min(begin + PAGE, found.size());
        return new Page(found.subList(begin, end), found.size(), end < found.size() ? end : 0);
    }

    private static Comparator<Item> comparator(Map<String, Object> order, Function<String, String> name) {
        Comparator<Item> comparator = Comparator.comparingInt(item -> 0);
        for (Map.Entry<String, Object> key : order.entrySet()) {
            String field = name.apply(key.getKey());
            Comparator<Item> next = Comparator.comparing(item -> sortable(item.field(field)));
            boolean down =
                    Params.textOf(key.getValue()).toUpperCase(Locale.ROOT).startsWith("DESC");
            comparator = comparator.thenComparing(down ? next.reversed() : next);
        }
        return comparator.thenComparingInt(Item::id);
    }

    private static String sortable(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Integer number ? String.format(Locale.ROOT, "%012d", number) : String.valueOf(value);
    }

    /** Some rows; how many there are, and where the next page begins; 0 for neither. */
    record Page(List<Item> items, int total, int next) {
        Answer answer(Object result) {
            return new Answer(result, total, next == 0 ? null : next);
        }
    }
}
