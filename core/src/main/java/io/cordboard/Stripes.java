// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads on which the work of one call is always done by the same one, in order.
 *
 * <p>When one has too much to do, whoever brings more waits: that is how a flood reaches the PBX's connector instead of
 * the heap.
 */
final class Stripes {
    private static final Logger LOG = LoggerFactory.getLogger(Stripes.class);
    private static final int WAITING = 10_000;

    private final List<ThreadPoolExecutor> threads = new ArrayList<>();

    Stripes(String name, int count) {
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.add(new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(WAITING),
                    new Named(name + "-" + number),
                    Stripes::waitForRoom));
        }
    }

    /** Makes one stripe's thread, and knows it again. */
    private record Named(String name) implements ThreadFactory {
        @Override
        public Thread newThread(Runnable work) {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        }

        boolean isMine(Thread thread) {
            return thread.getName().equals(name);
        }
    }

    private static void waitForRoom(Runnable work, ThreadPoolExecutor executor) {
        if (executor.isShutdown()) {
            return;
        }
        if (executor.getThreadFactory() instanceof Named named && named.isMine(Thread.currentThread())) {
            // The only one who could make room is the one who waits for it.
            work.run();
            return;
        }
        try {
            executor.getQueue().put(work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does work soon, after all work of the same key that was given before. */
    void run(Object key, Runnable work) {
        threads.get(Math.floorMod(key.hashCode(), threads.size())).execute(() -> guarded(work));
    }

    // One call's fault must not stop the thread that serves others.
    @SuppressWarnings("IllegalCatch")
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("a step of a call failed; its events are on disk and are read again at the next start", e);
        }
    }

    /** Waits until all work that was given before is done, at most so long. */
    void await(Duration longest) {
        CompletableFuture<?>[] ends = threads.stream()
                .map(thread -> CompletableFuture.runAsync(() -> {}, thread))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("calls of the last run are still being read; the rest goes on without them");
        }
    }

    /** Takes nothing new and lets the rest be done for so long; what then is left is dropped. */
    void close(Duration longest) {
        threads.forEach(ThreadPoolExecutor::shutdown);
        long end = System.nanoTime() + longest.toNanos();
        try {
            for (ThreadPoolExecutor thread : threads) {
                if (!thread.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    LOG.warn("calls were still being worked on; they are on disk");
                    break;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.forEach(ThreadPoolExecutor::shutdownNow);
    }
}
