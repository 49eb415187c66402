// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what may hang, within one time for all of it: each step has until its part of that time, and what an earlier
 * one did not use is there for the later ones. Not safe for use by many threads.
 */
final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);
    private static final int PARTS = 8;

    private final long began = System.nanoTime();
    private final long nanos;

    Closing(Duration longest) {
        this.nanos = longest.toNanos();
    }

    /** {@return how long is left until so many eighths of the time have passed; zero when they have} */
    Duration until(int eighths) {
        long end = nanos / PARTS * eighths;
        return Duration.ofNanos(Math.max(0, end - (System.nanoTime() - began)));
    }

    /** Ends a pool: what it does may finish until then, and is interrupted after. */
    void end(ExecutorService pool, int eighths) {
        pool.shutdown();
        try {
            if (pool.awaitTermination(until(eighths).toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pool.shutdownNow();
    }

    /** Does all of these at the same time; what is not ready by then is interrupted and left behind. */
    void all(List<Step> steps, int eighths) {
        List<Thread> threads = new ArrayList<>();
        for (Step step : steps) {
            Thread thread = new Thread(() -> guarded(step), "cordboard-close-" + step.name());
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        for (int i = 0; i < threads.size(); i++) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(
                        threads.get(i), Math.max(1, until(eighths).toNanos()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (threads.get(i).isAlive()) {
                LOG.warn(
                        "{} did not close in time and is left behind",
                        steps.get(i).name());
                threads.get(i).interrupt();
            }
        }
    }

    // Closing one thing must not keep the others open.
    @SuppressWarnings("IllegalCatch")
    private static void guarded(Step step) {
        try {
            step.work().run();
        } catch (RuntimeException e) {
            LOG.warn("{} did not close cleanly", step.name(), e);
        }
    }

    /** Something to close. */
    record Step(String name, Runnable work) {}
}
