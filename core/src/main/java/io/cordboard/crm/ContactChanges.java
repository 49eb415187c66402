// SPDX-License-Identifier: Apache-2.0
package io.cordboard.crm;

import io.cordboard.contact.ContactRef;
import java.util.Set;

/** A CRM that tells which contacts changed. */
public interface ContactChanges {
    /**
     * Says who is to be told. Called once, before the connector starts.
     *
     * @param listener who is told; what it was told is on disk when its method returns
     */
    void tell(Listener listener);

    /** Who is told which contacts changed. */
    interface Listener {
        /**
         * Contacts were added or changed; the engine reads them.
         *
         * @param refs which
         */
        void changed(Set<ContactRef> refs);

        /**
         * Contacts were removed.
         *
         * @param refs which
         */
        void removed(Set<ContactRef> refs);
    }
}
