// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import io.cordboard.connector.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: one thread writes everything, and whatever waits when it is ready goes to disk in one transaction. Safe
 * for use by many threads.
 */
final class Writer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int WAITING = 10_000;
    private static final int TOGETHER = 512;
    private static final long PATIENCE_SECONDS = 30;

    private final Link link;
    private final Faults faults;
    private final BlockingQueue<Job<?>> queue = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread = new Thread(this::work, "cordboard-store");
    private volatile boolean closed;
    private volatile boolean ended;

    Writer(Link link, Faults faults) {
        this.link = link;
        this.faults = faults;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Waits while too much waits already; the future is done when the work is on disk. */
    <T> CompletableFuture<T> submit(Work<T> work) {
        Job<T> job = new Job<>(work, new CompletableFuture<>());
        if (closed) {
            throw shut();
        }
        try {
            if (!queue.offer(job, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new StoreException("The store is too slow for what is written to it; check its disk.", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Interrupted before it was written.", e);
        }
        if (ended) {
            refuseRest();
        }
        return job.done;
    }

    /** {@return the work's result, once it is on disk} */
    <T> T perform(Work<T> work) {
        CompletableFuture<T> done = submit(work);
        try {
            return done.get(2 * PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Interrupted before it was known to be written.", e);
        } catch (TimeoutException e) {
            throw new StoreException("The store did not answer in time; check its disk.", e);
        } catch (ExecutionException e) {
            // A new one, so that its trace shows who asked.
            Throwable cause = e.getCause();
            throw new StoreException(String.valueOf(cause == null ? null : cause.getMessage()), cause);
        }
    }

    /** Whatever ends this thread, nobody waits for it afterwards. */
    private void work() {
        try {
            while (!closed || !queue.isEmpty()) {
                writeSome();
            }
        } finally {
            ended = true;
            refuseRest();
        }
    }

    // An Error too must not end the thread for which everybody waits; whose work it was is told.
    @SuppressWarnings("IllegalCatch")
    private void writeSome() {
        List<Job<?>> batch = List.of();
        try {
            Job<?> first = queue.poll(100, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch = new ArrayList<>(TOGETHER);
                batch.add(first);
                queue.drainTo(batch, TOGETHER - 1);
                write(batch);
            }
        } catch (InterruptedException e) {
            LOG.warn("The store's thread was interrupted; close the store to stop it");
        } catch (Throwable e) {
            StoreException why = new StoreException("It is not known whether it was written: " + e, e);
            batch.forEach(job -> job.fail(why));
            LOG.error("The store's thread met an error and goes on", e);
        }
    }

    // One work's fault, an Error too, must not spoil the others' or end the thread.
    @SuppressWarnings("IllegalCatch")
    private void write(List<Job<?>> batch) {
        try {
            link.update("BEGIN IMMEDIATE");
            for (Job<?> job : batch) {
                job.run(link);
            }
            link.update("COMMIT");
            batch.forEach(Job::succeed);
        } catch (SQLException e) {
            rollBack();
            if (batch.size() > 1 && !Faults.concernsFile(e)) {
                // One of them is at fault: each on its own, so that it spoils nobody else's.
                batch.forEach(job -> write(List.of(job)));
            } else {
                batch.forEach(job -> job.fail(faults.explain(e)));
            }
        } catch (RuntimeException | Error e) {
            rollBack();
            if (batch.size() > 1) {
                batch.forEach(job -> write(List.of(job)));
            } else {
                batch.forEach(job -> job.fail(new StoreException("Could not be written: " + e, e)));
            }
        }
    }

    private void rollBack() {
        try {
            link.run("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("SQLite rolled back by itself: {}", e.getMessage());
        }
    }

    private void refuseRest() {
        List<Job<?>> rest = new ArrayList<>();
        queue.drainTo(rest);
        rest.forEach(job -> job.fail(shut()));
    }

    private static StoreException shut() {
        return new StoreException("The store is closed.", null);
    }

    /** Writes what waits, then stops. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        refuseRest();
    }

    /** Something to do within the transaction; it may be done again when the transaction is repeated. */
    @FunctionalInterface
    interface Work<T> {
        T run(Link link) throws SQLException;
    }

    private static final class Job<T> {
        private final Work<T> work;
        private final CompletableFuture<T> done;
        private @Nullable T result;

        Job(Work<T> work, CompletableFuture<T> done) {
            this.work = work;
            this.done = done;
        }

        void run(Link link) throws SQLException {
            result = work.run(link);
        }

        void succeed() {
            done.complete(result);
        }

        void fail(StoreException why) {
            done.completeExceptionally(why);
        }
    }
}
