// SPDX-License-Identifier: Apache-2.0
package io.cordboard.ticket;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is left to do after a call, before the CRM has it. Immutable.
 *
 * @param title one line; not blank
 * @param text what it is about; may be empty
 * @param priority how urgent it is
 * @param responsible the CRM's user id of who does it, or null for the account's default
 * @param department the name of the department it is handed to (queue, pipeline, group), or null
 * @param due when it should be done, or null
 */
public record TicketDraft(
        String title,
        String text,
        Priority priority,
        @Nullable String responsible,
        @Nullable String department,
        @Nullable Instant due) {
    /** Checks that there is a title. */
    public TicketDraft {
        if (title.isBlank()) {
            throw new IllegalArgumentException("a ticket needs a title");
        }
    }
}
