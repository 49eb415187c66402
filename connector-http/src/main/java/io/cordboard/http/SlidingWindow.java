// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import java.time.Duration;
import java.util.ArrayDeque;

/** The times of the last requests. Not safe for use by many threads. */
final class SlidingWindow implements RateModel {
    private final int requests;
    private final long span;
    private final ArrayDeque<Long> sent = new ArrayDeque<>();

    SlidingWindow(int requests, Duration span) {
        if (requests < 1 || span.isZero() || span.isNegative()) {
            throw new IllegalArgumentException("a window needs at least 1 request and a span: " + requests);
        }
        this.requests = requests;
        this.span = span.toNanos();
    }

    @Override
    public long waitNanos(long now, double share) {
        forget(now);
        int room = Math.max(1, (int) (requests * share));
        if (sent.size() < room) {
            return 0;
        }
        long leaves = sent.stream().skip(sent.size() - room).findFirst().orElse(now);
        return leaves + span - now;
    }

    @Override
    public void take(long now) {
        forget(now);
        sent.addLast(now);
    }

    private void forget(long now) {
        while (!sent.isEmpty() && now - sent.getFirst() >= span) {
            sent.removeFirst();
        }
    }
}
