// SPDX-License-Identifier: Apache-2.0
package io.cordboard.benchmarks;

import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import java.util.ArrayList;
import java.util.List;

/** Contacts whose numbers follow from their place in the list. */
final class People {
    private People() {}

    static String number(int i) {
        return "+7916" + (1_000_000 + i);
    }

    static List<Contact> some(int count) {
        List<Contact> people = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ContactRef ref = new ContactRef("main", ContactRef.Type.CONTACT, String.valueOf(i + 1));
            people.add(
                    new Contact(ref, "Person " + i, List.of(number(i)), String.valueOf(1 + i % 3), null, null, null));
        }
        return people;
    }
}
