// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.ticket.Priority;
import io.cordboard.ticket.TicketDraft;

/** Tickets that agents write. */
final class Tickets {
    private Tickets() {}

    static TicketDraft callBack() {
        return new TicketDraft("call back", "", Priority.NORMAL, null, null, null);
    }
}
