// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import io.cordboard.connector.ConnectorException;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.ContactChanges;
import io.cordboard.crm.ContactSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the contacts of one account fresh: one thread reads what the CRM told, another asks for changes and reads
 * everything from time to time.
 */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final DirectoryAccount account;
    private final Pace pace;
    private final FullSync sync;
    private final ChangePoll poll;
    private final ChangeFeed feed;
    private final ScheduledThreadPoolExecutor feedThread;
    private final ScheduledThreadPoolExecutor syncThread;
    private final AtomicBoolean feedScheduled = new AtomicBoolean();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean closed;
    private int feedFailures;
    private int syncFailures;

    Upkeep(DirectoryAccount account, ContactSource source, ContactBook book, Pace pace) {
        this.account = account;
        this.pace = pace;
        sync = new FullSync(account, source, book, pace);
        poll = new ChangePoll(account, source, book, pace);
        feed = new ChangeFeed(account, source, book, this::askForSync);
        feedThread = Threads.scheduler("cordboard-directory-" + account.id() + "-feed");
        syncThread = Threads.scheduler("cordboard-directory-" + account.id() + "-sync");
    }

    /** Takes up what an earlier run left and listens to the CRM. */
    void open() {
        feed.load();
        ContactChanges changes = account.changes();
        if (changes != null) {
            changes.tell(feed);
        }
    }

    /** Begins to read. */
    void start() {
        if (started.compareAndSet(false, true)) {
            feed.onWork(() -> scheduleFeed(pace.gatherFor()));
            scheduleSync(Duration.ZERO);
        }
    }

    FullSync sync() {
        return sync;
    }

    /** Reads contacts soon; that they are to be read is on disk when this returns. */
    void changed(Set<ContactRef> refs) {
        feed.changed(refs);
    }

    private void askForSync() {
        sync.request();
        if (started.get()) {
            scheduleOn(syncThread, this::syncIfDue, Duration.ZERO);
        }
    }

    private void syncIfDue() {
        guarded(() -> {
            if (sync.isDue()) {
                sync.run((contacts, total) -> {});
            }
        });
    }

    private void scheduleFeed(Duration after) {
        if (feedScheduled.compareAndSet(false, true)) {
            scheduleOn(feedThread, this::readFeed, after);
        }
    }

    private void readFeed() {
        feedScheduled.set(false);
        Duration asked = guarded(feed::readSome);
        feedFailures = asked == null ? 0 : feedFailures + 1;
        if (asked != null) {
            scheduleFeed(pause(feedFailures, asked, LONGEST_PAUSE));
        } else if (feed.hasWork()) {
            scheduleFeed(Duration.ZERO);
        }
    }

    private void scheduleSync(Duration after) {
        scheduleOn(syncThread, this::readAllOrChanges, after);
    }

    private void readAllOrChanges() {
        Duration asked = guarded(() -> {
            if (sync.isDue()) {
                sync.run((contacts, total) -> {});
            } else {
                poll.run();
            }
        });
        syncFailures = asked == null ? 0 : syncFailures + 1;
        scheduleSync(asked == null ? pace.pollEvery() : pause(syncFailures, asked, pace.pollEvery()));
    }

    /** {@return null when all went well, or how long the CRM asks to wait} */
    // whatever goes wrong in one round, a connector's own mistake too, must not end the upkeep
    @SuppressWarnings("IllegalCatch")
    private @Nullable Duration guarded(Runnable work) {
        try {
            work.run();
            return null;
        } catch (ConnectorException e) {
            if (isClosed(e)) {
                return Duration.ZERO;
            }
            LOG.warn("{} could not be read, it is tried again: {}", account.id(), e.getMessage());
            return e.retryAfter().orElse(Duration.ZERO);
        } catch (RuntimeException e) {
            if (isClosed(e)) {
                return Duration.ZERO;
            }
            LOG.error("{} could not be read, it is tried again", account.id(), e);
            return Duration.ZERO;
        }
    }

    /** What is cut short because the directory is closed is no fault: it goes on at the next start. */
    private boolean isClosed(RuntimeException e) {
        if (closed) {
            LOG.debug("{} was being read when the directory was closed: {}", account.id(), e.getMessage());
        }
        return closed;
    }

    private static Duration pause(int failures, Duration asked, Duration longest) {
        Duration grown = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 20));
        Duration bounded = grown.compareTo(longest) < 0 ? grown : longest;
        return bounded.compareTo(asked) > 0 ? bounded : asked;
    }

    private static void scheduleOn(ScheduledThreadPoolExecutor thread, Runnable work, Duration after) {
        try {
            var unused = thread.schedule(work, after.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The directory is closed; nothing is read any more.");
        }
    }

    /** Begins to stop: nothing new is read, and what is being read is interrupted. */
    void stop() {
        closed = true;
        feedThread.shutdownNow();
        syncThread.shutdownNow();
    }

    @Override
    public void close() {
        stop();
        Threads.close(feedThread);
        Threads.close(syncThread);
    }
}
