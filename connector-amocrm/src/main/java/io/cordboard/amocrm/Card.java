// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.contact.ContactRef;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A card of the account: a lead, contact, company or customer. Immutable.
 *
 * @param kind as it stands in addresses, such as {@code contacts}
 * @param id its number
 */
record Card(String kind, String id) {
    /** {@return the kind for a word of the account: singular, plural, or the number that its old API has} */
    static Optional<String> kind(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "contact", "contacts", "1" -> Optional.of("contacts");
            case "lead", "leads", "2" -> Optional.of("leads");
            case "company", "companies", "3" -> Optional.of("companies");
            case "customer", "customers", "12" -> Optional.of("customers");
            default -> Optional.empty();
        };
    }

    static String kind(ContactRef.Type type) {
        return switch (type) {
            case CONTACT -> "contacts";
            case COMPANY -> "companies";
            case LEAD -> "leads";
        };
    }

    /** {@return the card that the account named, if it is one} */
    static Optional<Card> of(String word, String id) {
        return AmoCrmSettings.isNumber(id) && !id.equals("0")
                ? kind(word).map(kind -> new Card(kind, id))
                : Optional.empty();
    }

    static Card of(ContactRef ref) {
        return new Card(kind(ref.type()), ref.id());
    }

    /** {@return the card, if the contact lives in this account} */
    static Optional<Card> of(@Nullable ContactRef ref, String account) {
        return ref == null || !ref.account().equals(account) ? Optional.empty() : of(kind(ref.type()), ref.id());
    }

    static Card lead(String id) {
        return new Card("leads", id);
    }

    static Card contact(String id) {
        return new Card("contacts", id);
    }

    /** {@return the contact that the card is; a customer is none} */
    Optional<ContactRef> ref(String account) {
        return switch (kind) {
            case "contacts" -> Optional.of(new ContactRef(account, ContactRef.Type.CONTACT, id));
            case "companies" -> Optional.of(new ContactRef(account, ContactRef.Type.COMPANY, id));
            case "leads" -> Optional.of(new ContactRef(account, ContactRef.Type.LEAD, id));
            default -> Optional.empty();
        };
    }

    boolean isLead() {
        return kind.equals("leads");
    }

    boolean isContact() {
        return kind.equals("contacts");
    }

    long number() {
        return Long.parseLong(id);
    }

    @Override
    public String toString() {
        return kind + "/" + id;
    }
}
