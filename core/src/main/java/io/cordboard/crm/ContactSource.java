// SPDX-License-Identifier: Apache-2.0
package io.cordboard.crm;

import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A CRM whose contacts can be read. */
public interface ContactSource {
    /**
     * {@return one page of all contacts that have a telephone number}
     *
     * @param cursor the last page's {@link Page#next()}, or empty for the first
     * @throws io.cordboard.connector.ConnectorException when the CRM could not be asked; the same cursor can be asked
     *     again
     */
    Page page(String cursor);

    /**
     * {@return one page of the contacts that changed since a moment}
     *
     * @param since the moment; some contacts that changed shortly before it may come too
     * @param cursor the last page's {@link Page#next()}, or empty for the first
     * @throws io.cordboard.connector.ConnectorException when the CRM could not be asked; the same cursor can be asked
     *     again
     */
    Page changedSince(Instant since, String cursor);

    /**
     * {@return the contacts that exist among those asked for}
     *
     * @param refs at most 1,000, of this account
     * @throws io.cordboard.connector.ConnectorException when the CRM could not be asked
     */
    List<Contact> fetch(Set<ContactRef> refs);

    /**
     * One page. Immutable.
     *
     * @param contacts the contacts
     * @param next the cursor of the next page
     * @param last whether there is no next page
     * @param total how many contacts there are in all, or -1 when not known
     * @param removed contacts that exist no longer, as far as the CRM tells
     */
    record Page(List<Contact> contacts, String next, boolean last, int total, Set<ContactRef> removed) {
        /** Copies the collections. */
        public Page {
            contacts = List.copyOf(contacts);
            removed = Set.copyOf(removed);
        }

        /**
         * Creates a page of contacts that exist.
         *
         * @param contacts the contacts
         * @param next the cursor of the next page
         * @param last whether there is no next page
         * @param total how many contacts there are in all, or -1 when not known
         */
        public Page(List<Contact> contacts, String next, boolean last, int total) {
            this(contacts, next, last, total, Set.of());
        }
    }
}
