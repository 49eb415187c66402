// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.call.PhoneNumber;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.ContactSearch;
import io.cordboard.directory.NumberPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose number it is. The account searches all fields for a text, so its answers are looked through once more: only who
 * really has the whole number counts.
 *
 * <p>Whether that search sees through brackets and dashes differs; where it does not, the number is also asked for as
 * people write it.
 */
final class AmoSearch implements ContactSearch {
    private static final int TAIL = 10;
    private static final int ROWS = 250;

    private final AmoApi api;
    private final ContactReader reader;
    private final NumberPlan numbers;
    private final Spelling spelling;

    AmoSearch(AmoApi api, ContactReader reader, NumberPlan numbers, Spelling spelling) {
        this.api = api;
        this.reader = reader;
        this.numbers = numbers;
        this.spelling = spelling;
    }

    @Override
    public List<Contact> search(PhoneNumber number) {
        return find(Traffic.SEARCH, number, spelling.isNeeded());
    }

    /**
     * {@return who has the number, contacts first}
     *
     * @param traffic who asks
     * @param number the number
     * @param everySpelling whether it is also asked for as people write it
     */
    List<Contact> find(Traffic traffic, PhoneNumber number, boolean everySpelling) {
        Map<ContactRef, Contact> found = new LinkedHashMap<>();
        List<String> texts = everySpelling ? texts(number) : texts(number).subList(0, 1);
        for (ContactRef.Type type : List.of(ContactRef.Type.CONTACT, ContactRef.Type.COMPANY)) {
            for (String text : texts) {
                Reply reply = api.get(
                                traffic,
                                Query.of("api/v4/" + Card.kind(type))
                                        .and("query", text)
                                        .and("limit", ROWS))
                        .orThrow();
                for (JsonNode row : reply.list(Card.kind(type))) {
                    reader.read(type, row)
                            .filter(contact -> has(contact, number))
                            .ifPresent(contact -> found.putIfAbsent(contact.ref(), contact));
                }
            }
        }
        return List.copyOf(found.values());
    }

    private boolean has(Contact contact, PhoneNumber number) {
        return contact.phones().stream()
                .flatMap(text -> numbers.readAll(text).stream())
                .anyMatch(one -> one.main().equals(number.main()));
    }

    /** {@return the ten last digits, and what people write of them} */
    static List<String> texts(PhoneNumber number) {
        String digits = number.digits();
        List<String> texts = new ArrayList<>();
        texts.add(digits.substring(Math.max(0, digits.length() - TAIL)));
        if (digits.length() < TAIL) {
            return texts;
        }
        String last = digits.substring(digits.length() - 7);
        texts.add(last);
        if (digits.startsWith("7")) {
            texts.add(last.substring(0, 3) + "-" + last.substring(3, 5) + "-" + last.substring(5));
            texts.add(last.substring(0, 3) + " " + last.substring(3, 5) + " " + last.substring(5));
        } else {
            texts.add(last.substring(0, 3) + "-" + last.substring(3));
            texts.add(last.substring(0, 3) + " " + last.substring(3));
        }
        return texts;
    }

    /** Says whether the account's search needs every spelling. */
    @FunctionalInterface
    interface Spelling {
        boolean isNeeded();
    }
}
