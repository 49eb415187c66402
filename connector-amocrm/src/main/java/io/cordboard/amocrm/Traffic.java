// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.http.Priority;

/** What a request is for: decides its turn, and whether it is skipped while the account does not answer. */
enum Traffic {
    /** A card on an agent's screen. */
    CARD(Priority.LIVE, false),
    /** Who is calling. */
    SEARCH(Priority.LIVE, true),
    /** A write of a delivery, and the look before it. */
    WRITE(Priority.DELIVERY, false),
    /** Contacts, users, checks. */
    SYNC(Priority.SYNC, true);

    private final Priority priority;
    private final boolean question;

    Traffic(Priority priority, boolean question) {
        this.priority = priority;
        this.question = question;
    }

    Priority priority() {
        return priority;
    }

    boolean isQuestion() {
        return question;
    }
}
