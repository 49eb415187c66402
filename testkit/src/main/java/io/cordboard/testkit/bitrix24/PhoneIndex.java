// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Who has a number, as the portal's own search understands numbers. Guarded by the portal's lock. */
final class PhoneIndex {
    private static final Pattern EXTENSION = Pattern.compile("(?iu)доб|ext|#|;|x");

    private final Map<String, List<Hit>> byNumber = new HashMap<>();

    /**
     * The portal looks at a field as one number: an extension is left out, a Russian 8 or nothing at all in front is
     * +7. Two numbers in one field are found by neither.
     */
    static String normal(String text) {
        String main = EXTENSION.split(text, 2)[0];
        StringBuilder digits = new StringBuilder();
        main.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
        boolean international = main.strip().startsWith("+");
        if (!international && digits.length() == 11 && digits.charAt(0) == '8') {
            digits.setCharAt(0, '7');
        }
        if (!international && digits.length() == 10) {
            digits.insert(0, '7');
        }
        return digits.toString();
    }

    void add(int type, Item item) {
        for (Item.Phone phone : item.phones()) {
            String number = normal(phone.value());
            List<Hit> hits = byNumber.computeIfAbsent(number, n -> new ArrayList<>(1));
            Hit hit = new Hit(type, item.id());
            if (!number.isEmpty() && !hits.contains(hit)) {
                hits.add(hit);
            }
        }
    }

    void remove(int type, Item item) {
        for (Item.Phone phone : item.phones()) {
            byNumber.getOrDefault(normal(phone.value()), new ArrayList<>())
                    .removeIf(hit -> hit.equals(new Hit(type, item.id())));
        }
    }

    /** Contacts, then companies, then leads, each by id. */
    List<Hit> find(String number) {
        List<Hit> hits = new ArrayList<>(byNumber.getOrDefault(normal(number), List.of()));
        hits.sort((a, b) -> a.rank() == b.rank() ? a.id() - b.id() : a.rank() - b.rank());
        return hits;
    }

    /** One entity that has the number. */
    record Hit(int type, int id) {
        int rank() {
            return type == Portal.CONTACT ? 0 : type == Portal.COMPANY ? 1 : 2;
        }
    }
}
