// SPDX-License-Identifier: Apache-2.0
package io.cordboard.crm;

import java.util.List;

/** A CRM in which unknown callers become leads or contacts. */
public interface CustomerDesk {
    /**
     * Creates customers. One that exists already, because an earlier attempt made it or a person did, is not made
     * again. May take as long as the vendor takes; uses the vendor's batch where it has one.
     *
     * @param attempts at least one; of one account, of different calls or in their order
     * @return an outcome for each attempt, in the same order; a fault of one does not spoil the others
     */
    List<Outcome> create(List<Attempt<CrmWrite.CreateCustomer>> attempts);
}
