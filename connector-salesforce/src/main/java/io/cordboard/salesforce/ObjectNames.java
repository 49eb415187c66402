// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.contact.ContactRef;
import java.util.Optional;

/** The organisation's words for what the house calls contacts. */
final class ObjectNames {
    private ObjectNames() {}

    static String name(ContactRef.Type type) {
        return switch (type) {
            case CONTACT -> "Contact";
            case COMPANY -> "Account";
            case LEAD -> "Lead";
        };
    }

    static Optional<ContactRef.Type> typeOf(String object) {
        return switch (object) {
            case "Contact" -> Optional.of(ContactRef.Type.CONTACT);
            case "Account" -> Optional.of(ContactRef.Type.COMPANY);
            case "Lead" -> Optional.of(ContactRef.Type.LEAD);
            default -> Optional.empty();
        };
    }
}
