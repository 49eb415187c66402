// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The token that took the place of a refused one and has not been accepted yet. When it is refused as well, another one
 * will not help: each costs a refresh token, and whoever asks for too many is shut out. Safe for use by many threads.
 */
final class UnprovenToken {
    private static final Duration HELD = Duration.ofMinutes(10);

    private final Clock clock;
    private String token = "";
    private Instant until = Instant.EPOCH;

    UnprovenToken(Clock clock) {
        this.clock = clock;
    }

    synchronized void isNew(String fresh) {
        if (!fresh.equals(token)) {
            token = fresh;
            until = clock.instant().plus(HELD);
        }
    }

    synchronized void accepted(String used) {
        if (used.equals(token)) {
            token = "";
        }
    }

    synchronized boolean mayBeReplaced(String refused) {
        return !refused.equals(token) || !clock.instant().isBefore(until);
    }
}
