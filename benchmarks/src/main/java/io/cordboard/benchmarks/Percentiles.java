// SPDX-License-Identifier: Apache-2.0
package io.cordboard.benchmarks;

import java.util.Arrays;

/** Times of many requests, sorted. */
final class Percentiles {
    private final long[] nanos;

    Percentiles(long[] nanos) {
        this.nanos = nanos.clone();
        Arrays.sort(this.nanos);
    }

    double millis(double share) {
        int rank = (int) Math.ceil(share * nanos.length);
        return nanos[Math.max(0, rank - 1)] / 1e6;
    }

    double micros(double share) {
        return millis(share) * 1_000;
    }

    int count() {
        return nanos.length;
    }
}
