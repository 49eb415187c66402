// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import java.time.Instant;

/** Moments as whole nanoseconds since 1970, so that the file can compare them; good from 1677 to 2262. */
final class Moments {
    private static final long SECOND = 1_000_000_000L;
    private static final long LAST_SECOND = Long.MAX_VALUE / SECOND - 1;

    private Moments() {}

    static long toNanos(Instant instant) {
        long second = Math.max(-LAST_SECOND, Math.min(LAST_SECOND, instant.getEpochSecond()));
        return second * SECOND + instant.getNano();
    }

    static Instant fromNanos(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }
}
