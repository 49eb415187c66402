// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.crm.DialRequests;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clicks on numbers that wait for a PBX. Who clicked sits in front of a phone that does not ring: after half a minute
 * it must not begin to. Safe for use by many threads.
 */
final class ClickQueue {
    private static final Logger LOG = LoggerFactory.getLogger(ClickQueue.class);
    private static final int AT_ONCE = 2;
    private static final int WAITING = 100;
    private static final long STALE = TimeUnit.SECONDS.toNanos(30);

    private final DialOrders orders;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            AT_ONCE, AT_ONCE, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), new Named());

    ClickQueue(DialOrders orders) {
        this.orders = orders;
    }

    private static final class Named implements ThreadFactory {
        private final AtomicInteger number = new AtomicInteger();

        @Override
        public Thread newThread(Runnable work) {
            Thread thread = new Thread(work, "cordboard-clicks-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        }
    }

    /** Dials soon, or says why not. */
    void take(DialRequests.Click click) {
        long taken = System.nanoTime();
        try {
            threads.execute(() -> dial(click, taken));
        } catch (RejectedExecutionException e) {
            LOG.warn("a click to call in {} was dropped: {} others wait for the PBX", click.account(), WAITING);
        }
    }

    // One click's fault must not stop the thread that serves others.
    @SuppressWarnings("IllegalCatch")
    private void dial(DialRequests.Click click, long taken) {
        if (System.nanoTime() - taken > STALE) {
            LOG.warn("a click to call in {} was dropped: the PBX took too long for those before", click.account());
            return;
        }
        try {
            orders.clicked(click);
        } catch (RuntimeException e) {
            LOG.error("a click to call in {} was not dialled", click.account(), e);
        }
    }

    /** Lets what is being dialled be done for so long; what waits is dropped. */
    void close(Duration longest) {
        threads.shutdown();
        try {
            if (threads.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
