// SPDX-License-Identifier: Apache-2.0
package io.cordboard.crm;

import io.cordboard.contact.ContactRef;
import org.jspecify.annotations.Nullable;

/** A CRM in which a user can click a number to call it. */
public interface DialRequests {
    /**
     * Says who is to be told. Called once, before the connector starts.
     *
     * @param listener who is told; returns at once; the same click may be told twice
     */
    void tell(Listener listener);

    /** Who is told that a user clicked a number. */
    @FunctionalInterface
    interface Listener {
        /**
         * Takes a click.
         *
         * @param click who clicked what
         */
        void clicked(Click click);
    }

    /**
     * A user wants to call a number. {@link #toString()} hides it. Immutable.
     *
     * @param account the CRM's id
     * @param ref the CRM's own id of the call that is to be; the same click has the same
     * @param user the CRM's user id of who clicked
     * @param number the number as the CRM wrote it
     * @param line the line that the CRM asks for, or null
     * @param contact whose number it is, or null
     */
    record Click(
            String account,
            String ref,
            String user,
            String number,
            @Nullable String line,
            @Nullable ContactRef contact) {
        @Override
        public String toString() {
            return "Click[" + account + ", " + ref + ", user " + user + "]";
        }
    }
}
