// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the search knows of phone fields, which is what the records held a while ago. Guarded by the sandbox's lock.
 *
 * <p>How the vendor cuts a number into words is not documented. Strictly, words end at whatever is no letter or digit;
 * otherwise a number is also found by all of its digits, and by its last ten.
 */
final class PhoneIndex {
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{Nd}]+");
    private static final Pattern NO_DIGIT = Pattern.compile("\\D+");
    private static final int NATIONAL = 10;

    private final Switches switches;
    private final Deque<Change> changes = new ArrayDeque<>();
    private final Map<String, List<List<String>>> fields = new HashMap<>();
    private final Map<String, Set<Row>> byWord = new HashMap<>();

    PhoneIndex(Switches switches) {
        this.switches = switches;
    }

    void changed(Row row, Instant when) {
        if (row.type().is("search")) {
            changes.add(new Change(row, when, phones(row)));
        }
    }

    private static List<String> phones(Row row) {
        List<String> phones = new ArrayList<>(2);
        if (!row.isDeleted()) {
            for (FieldType field : row.type().fields()) {
                if (field.phone() && row.get(field.name()) != null) {
                    phones.add(row.text(field.name()));
                }
            }
        }
        return phones;
    }

    /** The records that have a word, as far as the search knows. */
    Collection<Row> having(String word, Instant now) {
        update(now);
        if (word.indexOf('*') < 0 && word.indexOf('?') < 0) {
            return byWord.getOrDefault(word, Set.of());
        }
        Pattern pattern =
                Pattern.compile(Pattern.quote(word).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
        Set<Row> found = new LinkedHashSet<>();
        byWord.forEach((known, rows) -> {
            if (pattern.matcher(known).matches()) {
                found.addAll(rows);
            }
        });
        return found;
    }

    /** Whether some field of a record has these words one after another. */
    boolean hasPhrase(Row row, List<String> words) {
        return fields.getOrDefault(row.key(), List.of()).stream()
                .anyMatch(field -> Collections.indexOfSubList(field, words) >= 0);
    }

    private void update(Instant now) {
        Duration lag = switches.seconds("searchLagSeconds");
        while (!changes.isEmpty() && !changes.element().when.plus(lag).isAfter(now)) {
            Change change = changes.remove();
            Row row = change.row;
            for (List<String> words : fields.getOrDefault(row.key(), List.of())) {
                words.forEach(
                        word -> byWord.getOrDefault(word, new LinkedHashSet<>()).remove(row));
            }
            List<List<String>> all = new ArrayList<>(change.phones.size());
            change.phones.forEach(phone -> all.add(words(phone)));
            all.forEach(words -> words.forEach(word ->
                    byWord.computeIfAbsent(word, w -> new LinkedHashSet<>(1)).add(row)));
            if (all.isEmpty()) {
                fields.remove(row.key());
            } else {
                fields.put(row.key(), all);
            }
        }
    }

    private List<String> words(String phone) {
        List<String> words = new ArrayList<>(5);
        for (String word : NO_WORD.split(phone.toLowerCase(Locale.ROOT), -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        if (!switches.on("strictSearch")) {
            String digits = NO_DIGIT.matcher(phone).replaceAll("");
            words.add(digits);
            if (digits.length() > NATIONAL) {
                words.add(digits.substring(digits.length() - NATIONAL));
            }
        }
        return words;
    }

    /** What a record's phones became, and when. */
    private record Change(Row row, Instant when, List<String> phones) {}
}
