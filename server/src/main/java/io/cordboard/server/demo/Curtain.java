// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Whether a demo goes on. Whoever waits stops waiting when it falls. Safe for use by many threads. */
final class Curtain {
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final long GLANCE_MS = 20;

    private final CountDownLatch fallen = new CountDownLatch(1);

    /** Ends the demo. */
    void fall() {
        fallen.countDown();
    }

    boolean isFallen() {
        return fallen.getCount() == 0;
    }

    /** Lets the eyes of whoever watches rest; shorter when the demo ends. */
    void pause(Duration time) throws InterruptedException {
        if (fallen.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw over();
        }
    }

    /**
     * Waits for a condition.
     *
     * @param otherwise what is said when it does not become true
     * @param condition what is waited for; costs little
     * @throws IllegalStateException when it did not become true in time
     * @throws InterruptedException when the demo ends
     */
    void await(String otherwise, BooleanSupplier condition) throws InterruptedException {
        if (!within(LONGEST, condition)) {
            throw new IllegalStateException(otherwise + " within " + LONGEST.toSeconds() + " s");
        }
    }

    /** {@return whether a condition that costs little became true in time} */
    boolean within(Duration time, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                return false;
            }
            if (fallen.await(GLANCE_MS, TimeUnit.MILLISECONDS)) {
                throw over();
            }
        }
        return true;
    }

    private static InterruptedException over() {
        return new InterruptedException("the demo is over");
    }
}
