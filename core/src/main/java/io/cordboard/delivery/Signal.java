// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one thread that waits; a signal that comes before the waiting begins is not lost. Safe for many threads. */
final class Signal {
    private final Semaphore given = new Semaphore(0);

    void give() {
        given.release();
    }

    void clear() {
        given.drainPermits();
    }

    /** Returns at the signal, after the time, or when the thread is interrupted, which stays set. */
    void await(Duration longest) {
        try {
            if (given.tryAcquire(longest.toMillis() + 1, TimeUnit.MILLISECONDS)) {
                given.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
