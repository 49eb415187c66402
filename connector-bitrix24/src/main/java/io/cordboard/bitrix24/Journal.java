// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.call.CallId;
import io.cordboard.connector.Memory;
import io.cordboard.http.Json;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the portal is known to hold for each call: on disk, because the portal cannot be asked for all of it. Safe for
 * use by many threads.
 */
final class Journal {
    private static final String CALL = "call.";
    private static final String CUSTOMER = "customer.";
    private static final String TRIED = "tried.";
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int LONGEST = 150;

    private final Memory memory;
    private final Clock clock;

    Journal(Memory memory, Clock clock) {
        this.memory = memory;
        this.clock = clock;
    }

    Optional<Trace> call(CallId call) {
        return memory.get(key(CALL, call.toString())).flatMap(Json::parse).map(Trace::read);
    }

    void put(CallId call, Trace trace) {
        putAll(Map.of(call, trace));
    }

    void putAll(Map<CallId, Trace> traces) {
        if (traces.isEmpty()) {
            return;
        }
        Map<String, String> values = new LinkedHashMap<>();
        traces.forEach((call, trace) -> values.put(key(CALL, call.toString()), trace.write(clock.instant())));
        memory.putAll(values);
    }

    /** {@return the customer that was created for a call, such as {@code LEAD/12}} */
    Optional<Owner> customer(CallId call) {
        return memory.get(key(CUSTOMER, call.toString()))
                .flatMap(Json::parse)
                .flatMap(node -> Owner.of(Json.text(node, "type"), Json.text(node, "id")));
    }

    void customer(CallId call, Owner owner) {
        memory.put(
                key(CUSTOMER, call.toString()),
                Json.write(Map.of(
                        "type", owner.type(),
                        "id", owner.id(),
                        "at", clock.instant().toString())));
    }

    /** {@return whether a write may have reached the portal before, by its idempotency key} */
    boolean tried(String key) {
        return memory.get(key(TRIED, key)).isPresent();
    }

    /** Notes that writes are about to be sent: should the process end, the next one looks first. */
    void trying(Iterable<String> keys) {
        Map<String, String> values = new LinkedHashMap<>();
        String now = Json.write(Map.of("at", clock.instant().toString()));
        keys.forEach(key -> values.put(key(TRIED, key), now));
        if (!values.isEmpty()) {
            memory.putAll(values);
        }
    }

    /** Forgets what is too old to be asked for. */
    void tidy() {
        Instant limit = clock.instant().minus(KEPT);
        for (String prefix : new String[] {CALL, CUSTOMER, TRIED}) {
            memory.startingWith(prefix).forEach((key, value) -> {
                if (at(value).isBefore(limit)) {
                    memory.remove(key);
                }
            });
        }
    }

    private static Instant at(String value) {
        try {
            return Json.parse(value)
                    .map(node -> Instant.parse(Json.text(node, "at")))
                    .orElse(Instant.EPOCH);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private static String key(String prefix, String id) {
        return id.length() <= LONGEST ? prefix + id : prefix + id.substring(0, LONGEST - 9) + "~" + id.hashCode();
    }

    /**
     * What the portal holds for one call. Immutable.
     *
     * @param callId the portal's id; empty while it is only known that a registration was sent
     * @param registeredFor the user whom the registration named; the portal gives the same id for the same user
     * @param finished whether the portal has the record
     * @param activity the record's activity, or empty
     * @param owner whose timeline it is on, if anybody's
     */
    record Trace(String callId, String registeredFor, boolean finished, String activity, Optional<Owner> owner) {
        static Trace registering(String user) {
            return new Trace("", user, false, "", Optional.empty());
        }

        Trace registered(String id) {
            return new Trace(id, registeredFor, false, "", owner);
        }

        private static Trace read(JsonNode node) {
            return new Trace(
                    Json.text(node, "callId"),
                    Json.text(node, "for"),
                    Json.flag(node, "finished"),
                    Json.text(node, "activity"),
                    Owner.of(Json.text(node, "ownerType"), Json.text(node, "ownerId")));
        }

        private String write(Instant now) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("callId", callId);
            values.put("for", registeredFor);
            values.put("finished", finished);
            values.put("activity", activity);
            owner.ifPresent(o -> {
                values.put("ownerType", o.type());
                values.put("ownerId", o.id());
            });
            values.put("at", now.toString());
            return Json.write(values);
        }
    }
}
