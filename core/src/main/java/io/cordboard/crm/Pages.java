// SPDX-License-Identifier: Apache-2.0
package io.cordboard.crm;

import java.net.URI;
import java.util.Optional;

/** A role of CRMs whose own pages show what was written. Answers from memory, without asking the vendor. */
public interface Pages {
    /**
     * {@return the page on which a person finds what was written, if there is one}
     *
     * @param write what was written
     * @param ref the CRM's id of it
     */
    Optional<URI> page(CrmWrite write, String ref);
}
