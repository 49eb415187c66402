// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import io.cordboard.crm.ContactSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Asks a CRM what changed since the last time, in case that it did not tell. Runs on one thread. */
final class ChangePoll {
    /** The key of the moment from which on changes are not known yet. */
    static final String SINCE = "directory.since";

    /** Clocks differ, and CRMs list a change somewhat after it was made. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private final DirectoryAccount account;
    private final ContactSource source;
    private final ContactBook book;
    private final Pace pace;

    ChangePoll(DirectoryAccount account, ContactSource source, ContactBook book, Pace pace) {
        this.account = account;
        this.source = source;
        this.book = book;
        this.pace = pace;
    }

    void run() {
        Optional<Instant> since = account.memory().get(SINCE).map(Instant::parse);
        if (since.isEmpty()) {
            return;
        }
        Instant began = pace.clock().instant();
        String cursor = "";
        boolean last = false;
        while (!last && !Thread.currentThread().isInterrupted()) {
            long askedAt = book.version();
            ContactSource.Page page = source.changedSince(since.get().minus(OVERLAP), cursor);
            book.learn(page.contacts(), 0, askedAt);
            book.forget(page.removed());
            last = page.last() || page.next().equals(cursor);
            cursor = page.next();
        }
        if (last) {
            account.memory().put(SINCE, began.toString());
        }
    }
}
