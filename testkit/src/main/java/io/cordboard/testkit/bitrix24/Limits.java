// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Two limits: a leaky bucket for each client address, in which every request is a drop, and a budget of working time
 * for each credential and method, in ten buckets of a minute. Guarded by the sandbox's lock.
 */
final class Limits {
    private static final int MINUTES = 10;
    private static final double BUDGET_SECONDS = 480;
    private static final double COUNTS_FROM_SECONDS = 0.1;

    private final Clock clock;
    private final Map<String, Bucket> buckets = new HashMap<>();
    private final Map<String, NavigableMap<Long, Double>> work = new HashMap<>();
    private final Map<String, Double> costs = new HashMap<>();
    private double perSecond = 2;
    private int burst = 50;
    private boolean on;
    private int refused;

    Limits(Clock clock, boolean on) {
        this.clock = clock;
        this.on = on;
    }

    void rate(double drain, int size) {
        perSecond = drain;
        burst = size;
        on = true;
    }

    void off() {
        on = false;
    }

    /** What one call of a method costs, in seconds of the portal's work. */
    void cost(String method, double seconds) {
        costs.put(method.toLowerCase(Locale.ROOT), seconds);
    }

    int refused() {
        return refused;
    }

    void request(String address) {
        if (!on) {
            return;
        }
        Bucket bucket = buckets.computeIfAbsent(address, a -> new Bucket(clock.instant()));
        Instant now = clock.instant();
        double passed = Duration.between(bucket.at, now).toMillis() / 1000.0;
        bucket.level = Math.max(0, bucket.level - passed * perSecond);
        bucket.at = now;
        if (bucket.level + 1 > burst) {
            refused++;
            throw new RestError(503, "QUERY_LIMIT_EXCEEDED", "Too many requests");
        }
        bucket.level++;
    }

    /** Checked before the work: the call that crosses the limit is done, the next is refused. */
    void begin(String credential, String method) {
        if (operating(credential, method) >= BUDGET_SECONDS) {
            refused++;
            throw new RestError(429, "OPERATION_TIME_LIMIT", "Method is blocked due to operation time limit.");
        }
    }

    void done(String credential, String method) {
        double seconds = costs.getOrDefault(method, 0.0);
        if (seconds >= COUNTS_FROM_SECONDS) {
            work.computeIfAbsent(credential + " " + method, key -> new TreeMap<>())
                    .merge(minute(), seconds, Double::sum);
        }
    }

    double operating(String credential, String method) {
        NavigableMap<Long, Double> minutes = work.getOrDefault(credential + " " + method, new TreeMap<>());
        minutes.headMap(minute() - MINUTES, true).clear();
        return minutes.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    long resetAt() {
        return clock.instant().plusSeconds(MINUTES * 60L).getEpochSecond();
    }

    private long minute() {
        return clock.instant().getEpochSecond() / 60;
    }

    private static final class Bucket {
        private double level;
        private Instant at;

        Bucket(Instant at) {
            this.at = at;
        }
    }
}
