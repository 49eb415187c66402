// SPDX-License-Identifier: Apache-2.0
package io.cordboard.crm;

import java.util.List;

/** A CRM in which a ticket can be handed to a department: a queue, a pipeline, a group. */
public interface Escalations {
    /**
     * Hands tickets on. Handing on one that is there already changes nothing. May take as long as the vendor takes;
     * uses the vendor's batch where it has one.
     *
     * @param steps at least one; of one account
     * @return an outcome for each step, in the same order; a fault of one does not spoil the others
     */
    List<Outcome> escalate(List<Step> steps);

    /**
     * One ticket to be handed on. Immutable.
     *
     * @param attempt what to do
     * @param ticket the CRM's id of the ticket, as {@link TicketDesk} returned it
     */
    record Step(Attempt<CrmWrite.Escalate> attempt, String ticket) {}
}
