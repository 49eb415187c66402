// SPDX-License-Identifier: Apache-2.0
/** What is left to do after a call? Start at {@link io.cordboard.ticket.TicketDraft}. */
@NullMarked
package io.cordboard.ticket;

import org.jspecify.annotations.NullMarked;
