// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts requests by what came of them, and how long they took. Safe for use by many threads. */
final class RequestCounts {
    private static final String[] NAMES = {
        "requests_2xx",
        "requests_3xx",
        "requests_4xx",
        "requests_5xx",
        "requests_429",
        "requests_lost",
        "requests_unsent"
    };
    private static final int TOO_MANY = 4;
    private static final int LOST = 5;
    private static final int UNSENT = 6;

    private final AtomicLongArray counts = new AtomicLongArray(NAMES.length);
    private final AtomicLongArray micros = new AtomicLongArray(1);

    void answered(int status, long nanos) {
        count(status == 429 ? TOO_MANY : Math.max(0, Math.min(3, status / 100 - 2)), nanos);
    }

    void failed(boolean sent, long nanos) {
        count(sent ? LOST : UNSENT, nanos);
    }

    private void count(int what, long nanos) {
        long unusedCount = counts.incrementAndGet(what);
        long unusedSum = micros.addAndGet(0, TimeUnit.NANOSECONDS.toMicros(nanos));
    }

    Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        for (int i = 0; i < NAMES.length; i++) {
            all.put(NAMES[i], counts.get(i));
        }
        all.put("requests_micros", micros.get(0));
        return all;
    }
}
