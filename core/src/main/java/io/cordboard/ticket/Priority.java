// SPDX-License-Identifier: Apache-2.0
package io.cordboard.ticket;

/** How urgent a ticket is. */
public enum Priority {
    /** When there is time. */
    LOW,
    /** In its turn. */
    NORMAL,
    /** Before the others. */
    HIGH
}
