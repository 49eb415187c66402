// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import java.util.Optional;

/** The kinds of cards, in the order in which a call prefers them. */
enum Kind {
    LEADS("leads", "lead", 2),
    CONTACTS("contacts", "contact", 1),
    COMPANIES("companies", "company", 3),
    CUSTOMERS("customers", "customer", 12);

    private final String path;
    private final String singular;
    private final int oldCode;

    Kind(String path, String singular, int oldCode) {
        this.path = path;
        this.singular = singular;
        this.oldCode = oldCode;
    }

    /** Its name in addresses and lists. */
    String path() {
        return path;
    }

    /** Its name in what belongs to one card. */
    String singular() {
        return singular;
    }

    /** Its number in the second version of the API. */
    int oldCode() {
        return oldCode;
    }

    static Optional<Kind> of(String name) {
        for (Kind kind : values()) {
            if (kind.path.equals(name) || kind.singular.equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
