// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.contact.ContactRef;
import java.util.Arrays;
import java.util.Optional;

/** The portal's words for the sorts of contacts. */
final class ContactRefTypes {
    private ContactRefTypes() {}

    static Optional<ContactRef.Type> parse(String text) {
        return Arrays.stream(ContactRef.Type.values())
                .filter(type -> type.name().equalsIgnoreCase(text))
                .findFirst();
    }
}
