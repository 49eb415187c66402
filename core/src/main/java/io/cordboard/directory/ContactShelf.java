// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where the directory's contacts live on disk. Safe for use by many threads. */
public interface ContactShelf {
    /**
     * Reads every contact once, in no particular order.
     *
     * @param reader takes one after the other
     */
    void readAll(Consumer<Contact> reader);

    /**
     * {@return a contact, if it is there}
     *
     * @param ref which
     */
    Optional<Contact> find(ContactRef ref);

    /**
     * Keeps contacts; those with the same reference are replaced. They are on disk when this returns.
     *
     * @param contacts what to keep
     * @param pass the number of the full sync that found them, or 0 to leave it as it is
     */
    void put(List<Contact> contacts, long pass);

    /**
     * Removes contacts; they are gone from disk when this returns.
     *
     * @param refs which
     */
    void remove(Collection<ContactRef> refs);

    /**
     * Removes the contacts of an account that a finished full sync did not find.
     *
     * @param account the CRM's id
     * @param pass the number of that sync; contacts with a smaller number are removed
     * @return which were removed
     */
    List<ContactRef> removeOlder(String account, long pass);

    /**
     * {@return how many contacts an account has here}
     *
     * @param account the CRM's id
     */
    long count(String account);
}
