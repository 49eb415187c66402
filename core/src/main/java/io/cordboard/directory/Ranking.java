// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.contact.Match;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Puts everybody who has a number into an order: persons before companies before leads, then those with an owner, then
 * the one that changed last, then by reference, so that the order is always the same. All accounts count alike.
 */
final class Ranking {
    private static final Comparator<Contact> KIND =
            Comparator.comparingInt(contact -> kind(contact.ref().type()));
    private static final Comparator<Contact> OWNER = Comparator.comparing(contact -> contact.owner() == null);
    private static final Comparator<Contact> CHANGED =
            Comparator.comparing(Ranking::changedAt, Comparator.reverseOrder());
    private static final Comparator<Contact> REFERENCE =
            Comparator.comparing(contact -> contact.ref().toString());
    private static final Comparator<Contact> ORDER =
            KIND.thenComparing(OWNER).thenComparing(CHANGED).thenComparing(REFERENCE);

    private Ranking() {}

    /** {@return the contacts, best first, each with the reason for its place} */
    static List<Match> rank(Collection<Contact> contacts) {
        if (contacts.size() == 1) {
            return List.of(new Match(contacts.iterator().next(), "Nobody else has the number."));
        }
        List<Contact> ranked = contacts.stream().sorted(ORDER).toList();
        List<Match> matches = new ArrayList<>();
        for (int i = 0; i < ranked.size(); i++) {
            String because = i + 1 < ranked.size()
                    ? whyBefore(ranked.get(i), ranked.get(i + 1))
                    : whyAfter(ranked.get(i - 1), ranked.get(i));
            matches.add(new Match(ranked.get(i), because));
        }
        return matches;
    }

    private static String whyBefore(Contact one, Contact next) {
        if (KIND.compare(one, next) != 0) {
            return "A " + word(one) + " comes before a " + word(next) + ".";
        }
        if (OWNER.compare(one, next) != 0) {
            return "It has an owner, the next one has none.";
        }
        return CHANGED.compare(one, next) != 0
                ? "It changed later than the next one."
                : "It is like the next one; the order is that of their ids.";
    }

    private static String whyAfter(Contact previous, Contact one) {
        if (KIND.compare(previous, one) != 0) {
            return "A " + word(one) + " comes after a " + word(previous) + ".";
        }
        if (OWNER.compare(previous, one) != 0) {
            return "It has no owner, the one before has.";
        }
        return CHANGED.compare(previous, one) != 0
                ? "It changed earlier than the one before."
                : "It is like the one before; the order is that of their ids.";
    }

    private static Instant changedAt(Contact contact) {
        Instant at = contact.updatedAt();
        return at == null ? Instant.MIN : at;
    }

    private static int kind(ContactRef.Type type) {
        return switch (type) {
            case CONTACT -> 0;
            case COMPANY -> 1;
            case LEAD -> 2;
        };
    }

    private static String word(Contact contact) {
        return switch (contact.ref().type()) {
            case CONTACT -> "person";
            case COMPANY -> "company";
            case LEAD -> "lead";
        };
    }
}
