// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.http.RateModel;
import java.time.Duration;

/**
 * So many requests in each second, whenever the second begins. What is not live goes at a steady pace a little below
 * that: a queue then uses nearly all of the rate, and yet a live request never finds a second's rate spent at once. Not
 * safe for use by many threads.
 */
final class AmoRate implements RateModel {
    /** Requests may arrive closer together than they were sent. */
    private static final Duration WINDOW = Duration.ofMillis(1050);

    private final RateModel window;
    private final int perSecond;
    private long due = Long.MIN_VALUE;
    private long pace;

    AmoRate(int perSecond) {
        this.perSecond = perSecond;
        this.window = RateModel.window(perSecond, WINDOW);
        this.pace = pace(1.0);
    }

    @Override
    public long waitNanos(long now, double share) {
        long wait = window.waitNanos(now, 1.0);
        if (share >= 1.0 || due == Long.MIN_VALUE) {
            pace = pace(share);
            return wait;
        }
        pace = pace(share);
        return Math.max(wait, due - now);
    }

    @Override
    public void take(long now) {
        window.take(now);
        // One place of delay may be made up for; an idle time is not saved for a burst.
        due = (due == Long.MIN_VALUE ? now : Math.max(due, now - pace)) + pace;
    }

    private long pace(double share) {
        return (long) (1e9 / (perSecond * (1 + share) / 2));
    }
}
