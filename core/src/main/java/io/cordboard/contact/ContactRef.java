// SPDX-License-Identifier: Apache-2.0
package io.cordboard.contact;

/**
 * Where a contact lives: one object in one CRM account. Immutable.
 *
 * @param account the id of the configured CRM
 * @param type what sort of object it is
 * @param id the CRM's own id of it; not blank
 */
public record ContactRef(String account, Type type, String id) {
    /** Checks that nothing is blank. */
    public ContactRef {
        if (account.isBlank() || id.isBlank()) {
            throw new IllegalArgumentException("not a contact: " + account + "/" + type + "/" + id);
        }
    }

    /** What sort of object a contact is. */
    public enum Type {
        /** A person. */
        CONTACT,
        /** A company. */
        COMPANY,
        /** Somebody who may become a customer. */
        LEAD
    }

    @Override
    public String toString() {
        return account + "/" + type + "/" + id;
    }
}
