// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Memory;
import io.cordboard.connector.Reason;
import io.cordboard.http.Json;
import io.cordboard.http.Priority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many requests were made in the last 24 hours: this program's own, against its own budget, and everybody's, as the
 * organisation tells with each answer. The sync stops before deliveries do. Safe for use by many threads.
 */
final class DailyBudget {
    private static final Logger log = LoggerFactory.getLogger(DailyBudget.class);
    private static final String KEY = "api.day";
    private static final int HOURS = 24;
    private static final int SYNC_PERCENT = 80;
    private static final int ORGANISATION_WARNING = 90;
    private static final int WRITE_EVERY = 50;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration STALE = Duration.ofMinutes(15);

    private final String account;
    private final Memory memory;
    private final Clock clock;
    private final long allowed;
    private final int warning;
    private final TreeMap<Long, Long> byHour = new TreeMap<>();
    private long unwritten;
    private long refused;
    private boolean warned;
    private long theirs;
    private long theirLimit;
    private Instant toldAt = Instant.EPOCH;

    DailyBudget(String account, SalesforceSettings.Limits limits, Memory memory, Clock clock) {
        this.account = account;
        this.memory = memory;
        this.clock = clock;
        this.allowed = limits.daily();
        this.warning = limits.warning();
        memory.get(KEY).flatMap(Json::parse).ifPresent(this::read);
    }

    private void read(JsonNode node) {
        node.properties().forEach(entry -> {
            if (entry.getKey().chars().allMatch(Character::isDigit)
                    && entry.getValue().canConvertToLong()) {
                byHour.put(Long.parseLong(entry.getKey()), entry.getValue().asLong());
            }
        });
    }

    /**
     * Takes one request out of the budget.
     *
     * @throws ConnectorException {@link Reason#RATE_LIMITED} when there is none left for this purpose
     */
    synchronized void spend(Priority priority) {
        long hour = hour();
        byHour.headMap(hour - HOURS + 1).clear();
        long used = used();
        if (priority == Priority.SYNC && organisationIsNearlyFull()) {
            refused++;
            throw tooMuch(
                    "the organisation has used " + theirs + " of its " + theirLimit
                            + " API requests of the day: the sync waits",
                    STALE);
        }
        if (allowed > 0 && used >= share(priority)) {
            refused++;
            throw tooMuch(
                    "dailyApiBudget is used up, " + used + " of " + allowed
                            + (priority == Priority.SYNC ? ": the sync waits" : ""),
                    untilNextHour());
        }
        byHour.merge(hour, 1L, Long::sum);
        if (++unwritten >= WRITE_EVERY) {
            keep();
        }
        warn(used + 1);
    }

    private long share(Priority priority) {
        return priority == Priority.SYNC ? allowed * SYNC_PERCENT / 100 : allowed;
    }

    private void warn(long used) {
        boolean now = allowed > 0 && used * 100 >= allowed * warning;
        if (now && !warned) {
            log.warn("salesforce {}: {} of the {} API requests of dailyApiBudget are used", account, used, allowed);
        }
        warned = now;
    }

    /** Notes what the organisation says of everybody's requests. */
    synchronized void organisation(long current, long limit) {
        boolean before = organisationIsNearlyFull();
        theirs = current;
        theirLimit = limit;
        toldAt = clock.instant();
        if (!before && organisationIsNearlyFull()) {
            log.warn("salesforce {}: the organisation has used {} of its {} API requests", account, current, limit);
        }
    }

    /** {@return what there is to worry about} */
    synchronized Optional<String> worry() {
        long used = used();
        if (allowed > 0 && used * 100 >= allowed * warning) {
            return Optional.of(used + " of the " + allowed + " API requests of dailyApiBudget are used");
        }
        return organisationIsNearlyFull()
                ? Optional.of("the organisation has used " + theirs + " of its " + theirLimit + " API requests")
                : Optional.empty();
    }

    /** Writes down what was used, so that a restart does not give a new budget. */
    synchronized void keep() {
        TreeMap<String, Long> values = new TreeMap<>();
        byHour.forEach((hour, count) -> values.put(Long.toString(hour), count));
        memory.put(KEY, Json.write(values));
        unwritten = 0;
    }

    synchronized long used() {
        return byHour.tailMap(hour() - HOURS + 1).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    synchronized long refusedSoFar() {
        return refused;
    }

    synchronized long organisationUsed() {
        return theirs;
    }

    synchronized long organisationLimit() {
        return theirLimit;
    }

    /** Old news are none: whoever stopped asking is not told that the window moved on. */
    private boolean organisationIsNearlyFull() {
        return theirLimit > 0
                && theirs * 100 >= theirLimit * ORGANISATION_WARNING
                && clock.instant().isBefore(toldAt.plus(STALE));
    }

    private ConnectorException tooMuch(String why, Duration wait) {
        return new ConnectorException(Reason.RATE_LIMITED, "salesforce " + account + ": " + why, wait, null);
    }

    private Duration untilNextHour() {
        Instant next = Instant.ofEpochSecond((hour() + 1) * HOUR.toSeconds());
        return Duration.between(clock.instant(), next).plusSeconds(1);
    }

    private long hour() {
        return clock.instant().getEpochSecond() / HOUR.toSeconds();
    }
}
