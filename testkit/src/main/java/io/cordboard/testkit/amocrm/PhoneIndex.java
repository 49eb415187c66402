// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who has a number, as the account understands numbers when it is told of a call: the last ten digits of a field, an
 * extension or a second number in the same field included. Guarded by the account's lock.
 */
final class PhoneIndex {
    private static final int LAST = 10;
    private static final Comparator<Card> FIRST = Comparator.comparing(Card::kind)
            .thenComparing(Comparator.comparingLong((Card card) -> card.time("updated_at"))
                    .reversed())
            .thenComparing(Comparator.comparingInt(Card::id).reversed());

    private final Map<String, Set<Card>> byDigits = new HashMap<>();

    static String digits(String text) {
        StringBuilder digits = new StringBuilder();
        text.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
        return digits.toString();
    }

    static String last(String text) {
        String digits = digits(text);
        return digits.length() > LAST ? digits.substring(digits.length() - LAST) : digits;
    }

    void add(Card card) {
        card.phones()
                .forEach(phone -> byDigits.computeIfAbsent(last(phone), digits -> new LinkedHashSet<>(2))
                        .add(card));
    }

    void remove(Card card) {
        card.phones()
                .forEach(phone -> byDigits.getOrDefault(last(phone), Set.of()).remove(card));
    }

    /** Whose number it is: a contact before a company, who was changed last before the others. */
    Optional<Card> find(String number, boolean hiddenToo) {
        return all(number).stream().filter(card -> hiddenToo || !card.hidden()).min(FIRST);
    }

    List<Card> all(String number) {
        String digits = last(number);
        return digits.isEmpty() ? List.of() : List.copyOf(byDigits.getOrDefault(digits, Set.of()));
    }
}
