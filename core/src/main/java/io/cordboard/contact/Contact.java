// SPDX-License-Identifier: Apache-2.0
package io.cordboard.contact;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person, company or lead in one CRM account, with all its numbers as the CRM wrote them.
 *
 * <p>{@link #toString()} shows only where it lives. Immutable.
 *
 * @param ref where it lives
 * @param name what to show; not blank
 * @param phones the texts of its phone fields, unparsed; one text may hold several numbers
 * @param owner the CRM's user id of who is responsible for it, or null
 * @param url the page of it in the CRM, or null
 * @param updatedAt when it last changed in the CRM, or null when not said
 * @param company the name of the company it belongs to, or null
 */
public record Contact(
        ContactRef ref,
        String name,
        List<String> phones,
        @Nullable String owner,
        @Nullable URI url,
        @Nullable Instant updatedAt,
        @Nullable String company) {
    /** Copies the numbers; a contact without a name is shown as its id. */
    public Contact {
        phones = List.copyOf(phones);
        name = name.isBlank() ? ref.type() + " " + ref.id() : name.strip();
    }

    @Override
    public String toString() {
        return "Contact[" + ref + "]";
    }
}
