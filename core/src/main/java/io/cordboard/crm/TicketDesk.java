// SPDX-License-Identifier: Apache-2.0
package io.cordboard.crm;

import java.util.List;

/** A CRM that takes tickets. */
public interface TicketDesk {
    /**
     * Opens tickets. May take as long as the vendor takes; uses the vendor's batch where it has one.
     *
     * @param attempts at least one; of one account, of different calls or in their order
     * @return an outcome for each attempt, in the same order; a fault of one does not spoil the others
     */
    List<Outcome> open(List<Attempt<CrmWrite.OpenTicket>> attempts);

    /** {@return the departments that this account's settings name, in the order in which people are offered them} */
    default List<String> departments() {
        return List.of();
    }
}
