// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import java.time.Duration;

/**
 * How a vendor counts requests. Called by one thread at a time, with nanoseconds that never go back. Not safe for use
 * by many threads.
 */
public interface RateModel {
    /**
     * {@return how many nanoseconds to wait before one more request may be sent; 0 or less for none}
     *
     * @param now the time, in nanoseconds
     * @param share how much of the burst may be used, from 0 to 1
     */
    long waitNanos(long now, double share);

    /**
     * Counts a request.
     *
     * @param now when it is sent, in nanoseconds
     */
    void take(long now);

    /**
     * {@return a counter that grows with each request and drains at a steady rate, as Bitrix24 has it}
     *
     * @param perSecond how fast it drains; more than 0
     * @param burst how high it may be; at least 1
     */
    static RateModel leakyBucket(double perSecond, int burst) {
        return new LeakyBucket(perSecond, burst);
    }

    /**
     * {@return at most so many requests in each span of time, whenever the span begins}
     *
     * @param requests at least 1
     * @param span its length
     */
    static RateModel window(int requests, Duration span) {
        return new SlidingWindow(requests, span);
    }
}
