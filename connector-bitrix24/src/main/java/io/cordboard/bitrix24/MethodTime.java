// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The portal gives each method so much working time in ten minutes. The sync stops before that is used up; a method
 * that the portal has blocked is not asked for until the block ends. Safe for use by many threads.
 */
final class MethodTime {
    private static final Duration BLOCK = Duration.ofMinutes(1);
    private static final double ENOUGH = 0.9;

    private final Clock clock;
    private final double limitSeconds;
    private final Map<String, Instant> blocked = new ConcurrentHashMap<>();
    private final Map<String, Instant> saved = new ConcurrentHashMap<>();

    MethodTime(Clock clock, Duration limit) {
        this.clock = clock;
        this.limitSeconds = limit.toMillis() / 1000.0;
    }

    /** {@return why a method is not to be asked for now, if it is not} */
    Optional<Fault> blocked(Traffic traffic, String method) {
        Instant now = clock.instant();
        Optional<Fault> hard = until(blocked, method, now);
        return hard.isPresent() || traffic != Traffic.SYNC ? hard : until(saved, method, now);
    }

    void learn(String method, Reply reply) {
        Instant now = clock.instant();
        if (reply.fault() != null && reply.fault().is("OPERATION_TIME_LIMIT")) {
            blocked.put(method, now.plus(BLOCK));
            return;
        }
        JsonNode time = reply.time();
        if (time.path("operating").asDouble(0) >= limitSeconds * ENOUGH) {
            long reset = time.path("operating_reset_at").asLong(0);
            saved.put(method, reset > 0 ? Instant.ofEpochSecond(reset) : now.plus(BLOCK));
        }
    }

    private static Optional<Fault> until(Map<String, Instant> ends, String method, Instant now) {
        Instant end = ends.get(method);
        if (end == null || !now.isBefore(end)) {
            return Optional.empty();
        }
        return Optional.of(new Fault(
                Reason.RATE_LIMITED,
                "OPERATION_TIME_LIMIT",
                "the portal's working time for this method is used up",
                Duration.between(now, end)));
    }
}
