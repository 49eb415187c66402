// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.crm.ContactSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all contacts of one account, page by page; each page is on disk before its cursor is.
 *
 * <p>A sync that was cut short goes on at its last page within an hour and starts anew after that. Contacts that the
 * CRM no longer has are removed only when the last page was read, and never because the CRM says that it has none at
 * all. One sync of an account at a time; a second one waits. Safe for use by many threads.
 */
final class FullSync {
    private static final Logger LOG = LoggerFactory.getLogger(FullSync.class);
    private static final Duration RESUMABLE = Duration.ofHours(1);
    private static final Duration SLOWER = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** How often one page is asked for in a row. */
    private static final int TRIES = 5;

    private static final String RUNNING = "directory.sync";
    private static final String PASS = "directory.pass";
    private static final String DONE = "directory.done";
    private static final String WANTED = "directory.wanted";

    private final DirectoryAccount account;
    private final ContactSource source;
    private final ContactBook book;
    private final Pace pace;

    FullSync(DirectoryAccount account, ContactSource source, ContactBook book, Pace pace) {
        this.account = account;
        this.source = source;
        this.book = book;
        this.pace = pace;
    }

    /** {@return whether everything should be read: never done, long ago, begun and not finished, or asked for} */
    boolean isDue() {
        Optional<Instant> done = account.memory().get(DONE).map(Instant::parse);
        return account.memory().get(RUNNING).isPresent()
                || account.memory().get(WANTED).isPresent()
                || done.isEmpty()
                || done.get().plus(pace.syncEvery()).isBefore(pace.clock().instant());
    }

    /** Asks for a sync that begins after this moment, even if one is running. */
    void request() {
        account.memory().put(WANTED, pace.clock().instant().toString());
    }

    synchronized SyncReport run(SyncProgress progress) {
        long began = System.nanoTime();
        long known = book.count(account.id());
        Progress running = begin();
        boolean resumed = !running.cursor().isEmpty();
        boolean last = false;
        while (!last) {
            if (Thread.currentThread().isInterrupted()) {
                throw stopped();
            }
            long askedAt = book.version();
            ContactSource.Page page;
            try {
                page = inTurn(running.cursor());
            } catch (ConnectorException e) {
                if (!resumed || e.reason().retryable()) {
                    throw e;
                }
                LOG.info("{} no longer takes the place at which its sync stopped; it starts anew", account.id());
                running = restart(running.pass());
                resumed = false;
                continue;
            }
            resumed = false;
            running = keep(page, running, askedAt);
            last = page.last();
            progress.read(running.contacts(), page.total());
        }
        return finish(running, known, Duration.ofNanos(System.nanoTime() - began));
    }

    /**
     * A CRM that says "not so fast" in the middle of thousands of pages is waited for; a sync need not end for that.
     */
    private ContactSource.Page inTurn(String cursor) {
        for (int tries = 1; ; tries++) {
            try {
                return source.page(cursor);
            } catch (ConnectorException e) {
                Duration wait = e.retryAfter().orElse(SLOWER);
                if (e.reason() != Reason.RATE_LIMITED || tries == TRIES || wait.compareTo(LONGEST_WAIT) > 0) {
                    throw e;
                }
                await(wait);
            }
        }
    }

    private void await(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped();
        }
    }

    private ConnectorException stopped() {
        return new ConnectorException(Reason.UNAVAILABLE, account.id() + ": the sync was stopped");
    }

    private Progress keep(ContactSource.Page page, Progress running, long askedAt) {
        if (!page.last() && page.next().equals(running.cursor())) {
            throw new ConnectorException(Reason.UNAVAILABLE, account.id() + ": a page of contacts led to itself");
        }
        long numbers = book.learn(page.contacts(), running.pass(), askedAt);
        Progress next = running.next(page, numbers);
        if (!page.last()) {
            account.memory().put(RUNNING, next.toText());
        }
        return next;
    }

    private SyncReport finish(Progress running, long known, Duration took) {
        String warning = null;
        long removed = 0;
        if (running.contacts() == 0 && known > 0) {
            warning = "The CRM says that it has no contacts at all; the " + known
                    + " that were known are kept. Look whether the connection may read contacts.";
        } else {
            removed = book.forgetOlder(account.id(), running.pass());
            if (running.contacts() * 2 < known) {
                warning = "The CRM has " + running.contacts() + " contacts, " + known
                        + " were known before. Look whether the connection may read all of them.";
            }
        }
        if (warning != null) {
            LOG.warn("{}: {}", account.id(), warning);
        }
        account.memory()
                .putAll(Map.of(
                        PASS,
                        String.valueOf(running.pass()),
                        DONE,
                        pace.clock().instant().toString(),
                        ChangePoll.SINCE,
                        running.began().toString()));
        account.memory().remove(RUNNING);
        return new SyncReport(account.id(), running.contacts(), running.numbers(), removed, took, warning);
    }

    private Progress begin() {
        Progress stopped = account.memory().get(RUNNING).map(Progress::parse).orElse(null);
        if (stopped != null
                && stopped.began().plus(RESUMABLE).isAfter(pace.clock().instant())) {
            return stopped;
        }
        return restart(stopped == null ? 0 : stopped.pass());
    }

    private Progress restart(long usedPass) {
        long lastPass = account.memory().get(PASS).map(Long::parseLong).orElse(0L);
        Progress fresh =
                new Progress(Math.max(lastPass, usedPass) + 1, pace.clock().instant(), 0, 0, "");
        account.memory().put(RUNNING, fresh.toText());
        account.memory().remove(WANTED);
        return fresh;
    }

    /** How far a sync is, as it is kept. */
    private record Progress(long pass, Instant began, long contacts, long numbers, String cursor) {
        Progress next(ContactSource.Page page, long moreNumbers) {
            return new Progress(pass, began, contacts + page.contacts().size(), numbers + moreNumbers, page.next());
        }

        String toText() {
            return String.join(
                    " ",
                    List.of(
                            String.valueOf(pass),
                            began.toString(),
                            String.valueOf(contacts),
                            String.valueOf(numbers),
                            cursor));
        }

        static Progress parse(String text) {
            String[] parts = text.split(" ", 5);
            return new Progress(
                    Long.parseLong(parts[0]),
                    Instant.parse(parts[1]),
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    parts[4]);
        }
    }
}
