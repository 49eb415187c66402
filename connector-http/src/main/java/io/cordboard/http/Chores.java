// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an account has to look after again and again, on one thread of its own. Safe for use by many threads. */
public final class Chores implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Chores.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private final String account;
    private final ScheduledExecutorService worker;

    /**
     * Creates a thread that has nothing to do.
     *
     * @param vendor the vendor's name, for the thread's name
     * @param account the account's id, for messages
     */
    public Chores(String vendor, String account) {
        this.account = account;
        this.worker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, vendor + "-" + account);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Does something now, and again and again.
     *
     * @param task does it once, and returns after how long to do it again
     */
    public void repeat(Supplier<Duration> task) {
        worker.execute(() -> run(task));
    }

    // Whatever goes wrong once, such as a full disk, must not end the looking for ever.
    @SuppressWarnings("IllegalCatch")
    private void run(Supplier<Duration> task) {
        Duration next = AFTER_FAILURE;
        try {
            next = task.get();
        } catch (RuntimeException e) {
            log.warn("{}: looking after the account failed, tried again in {}", account, next, e);
        }
        if (!worker.isShutdown()) {
            Future<?> unused = worker.schedule(() -> run(task), Math.max(next.toMillis(), 10), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
        try {
            if (!worker.awaitTermination(3, TimeUnit.SECONDS)) {
                log.warn("{}: a request is still under way", account);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
