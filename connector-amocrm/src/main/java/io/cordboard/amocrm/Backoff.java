// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How long nothing is sent after too many requests in a second: longer each time. Requests that were under way when the
 * pause began are refused for the same reason and do not lengthen it. Safe for use by many threads.
 */
final class Backoff {
    private static final int MOST_DOUBLINGS = 5;

    private final Object lock = new Object();
    private int doublings;
    private boolean pausing;
    private long began;
    private long ends;

    /**
     * {@return how long to wait}
     *
     * @param sent when the refused request was sent, as {@link System#nanoTime()} counts
     * @param asked how long the account wants to be left alone, or null when it does not say
     */
    Duration refused(long sent, @Nullable Duration asked) {
        synchronized (lock) {
            long now = System.nanoTime();
            if (pausing && sent - began < 0) {
                Duration left = Duration.ofNanos(Math.max(0, ends - now));
                return asked != null && asked.compareTo(left) > 0 ? asked : left;
            }
            Duration wait = asked == null ? next() : asked;
            pausing = true;
            began = now;
            ends = now + wait.toNanos();
            return wait;
        }
    }

    /** A request that was sent after the pause began was not too many. */
    void answered(long sent) {
        synchronized (lock) {
            if (!pausing || sent - began >= 0) {
                doublings = 0;
            }
        }
    }

    private Duration next() {
        long millis = 1000L << doublings;
        doublings = Math.min(doublings + 1, MOST_DOUBLINGS);
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(200));
    }
}
