// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Each method's rate, and the lock that a second invalid request within two minutes closes. */
final class Rates {
    private static final Duration LOCK = Duration.ofMinutes(2);

    private final Clock clock;
    private final Map<String, Deque<Instant>> taken = new HashMap<>();
    private @Nullable Instant firstInvalid;
    private boolean locked;

    Rates(Clock clock) {
        this.clock = clock;
    }

    /** {@return whether the method may be asked once more now} */
    synchronized boolean takes(String method) {
        return takes("general", 10, Duration.ofSeconds(1))
                && switch (method) {
                    case "commands/callback", "commands/call/hangup" -> takes(method, 4, Duration.ofSeconds(1));
                    case "commands/transfer", "commands/route", "config/users/request" ->
                        takes(method, 1, Duration.ofSeconds(2));
                    case "stats/request", "stats/calls/request" -> takes("stats", 1, Duration.ofSeconds(2));
                    case "account/balance" -> takes(method, 2, Duration.ofSeconds(1));
                    default -> true;
                };
    }

    synchronized boolean isLocked() {
        if (firstInvalid != null && !clock.instant().isBefore(firstInvalid.plus(LOCK))) {
            firstInvalid = null;
            locked = false;
        }
        return locked;
    }

    synchronized void invalid() {
        if (firstInvalid == null) {
            firstInvalid = clock.instant();
        } else {
            locked = true;
        }
    }

    synchronized void reset() {
        taken.clear();
        firstInvalid = null;
        locked = false;
    }

    private boolean takes(String name, int requests, Duration span) {
        Instant now = clock.instant();
        Deque<Instant> times = taken.computeIfAbsent(name, n -> new ArrayDeque<>());
        while (!times.isEmpty() && !now.isBefore(times.getFirst().plus(span))) {
            times.removeFirst();
        }
        if (times.size() >= requests) {
            return false;
        }
        times.addLast(now);
        return true;
    }
}
