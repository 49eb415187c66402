// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.contact.ContactRef;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lead, contact or company of the portal. Immutable.
 *
 * @param type {@code LEAD}, {@code CONTACT} or {@code COMPANY}
 * @param id its number
 */
record Owner(String type, String id) {
    /** {@return the owner, if the portal named one} */
    static Optional<Owner> of(String type, String id) {
        boolean known = ContactRefTypes.parse(type).isPresent();
        return known && !id.isEmpty() && !id.equals("0")
                ? Optional.of(new Owner(type.toUpperCase(Locale.ROOT), id))
                : Optional.empty();
    }

    static Owner of(ContactRef ref) {
        return new Owner(ref.type().name(), ref.id());
    }

    /** {@return the owner, if the contact lives in this account} */
    static Optional<Owner> of(@Nullable ContactRef ref, String account) {
        return ref == null || !ref.account().equals(account) ? Optional.empty() : Optional.of(of(ref));
    }

    int entityTypeId() {
        return switch (type) {
            case "LEAD" -> 1;
            case "CONTACT" -> 3;
            default -> 4;
        };
    }

    /** {@return how a task names it} */
    String inTasks() {
        return switch (type) {
            case "LEAD" -> "L_" + id;
            case "CONTACT" -> "C_" + id;
            default -> "CO_" + id;
        };
    }

    /** {@return how the timeline names its type} */
    String inTimeline() {
        return type.toLowerCase(Locale.ROOT);
    }
}
