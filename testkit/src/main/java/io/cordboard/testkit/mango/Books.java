// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What the account holds: its event address, calls, recordings and what was sent. Safe for use by many threads. */
final class Books {
    private static final int MOST = 100_000;

    private final Clock clock;
    private final long seed;
    private final Map<String, Played> calls = new LinkedHashMap<>();
    private final Map<String, Instant> recordings = new LinkedHashMap<>();
    private final Map<String, String> oneShot = new LinkedHashMap<>();
    private final Map<String, Asked> asked = new LinkedHashMap<>();
    private final List<Map<String, Object>> deliveries = new ArrayList<>();
    private final List<Map<String, Object>> commands = new ArrayList<>();
    private String url = "";
    private Random random;

    Books(Clock clock, long seed) {
        this.clock = clock;
        this.seed = seed;
        this.random = new Random(seed);
    }

    synchronized void reset() {
        calls.clear();
        recordings.clear();
        oneShot.clear();
        asked.clear();
        deliveries.clear();
        commands.clear();
        random = new Random(seed);
    }

    Instant now() {
        return clock.instant();
    }

    synchronized String digits(int howMany) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < howMany; i++) {
            digits.append((char) ('1' + random.nextInt(9)));
        }
        return digits.toString();
    }

    /** {@return an id as Mango makes them: opaque, in Base64, with = at its end more often than not} */
    String id(String text) {
        return Base64.getEncoder().encodeToString((text + digits(9)).getBytes(StandardCharsets.US_ASCII));
    }

    synchronized <T> List<T> shuffled(List<T> all) {
        List<T> mixed = new ArrayList<>(all);
        Collections.shuffle(mixed, random);
        return mixed;
    }

    synchronized boolean coin() {
        return random.nextBoolean();
    }

    synchronized String url() {
        return url;
    }

    synchronized void url(String value) {
        url = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
    }

    synchronized void add(Played call) {
        if (calls.size() >= MOST) {
            calls.remove(calls.keySet().iterator().next());
        }
        calls.put(call.entry(), call);
    }

    synchronized List<Played> calls() {
        return List.copyOf(calls.values());
    }

    synchronized List<Played> over() {
        return calls.values().stream().filter(Played::isOver).toList();
    }

    synchronized Optional<Played> withLeg(String id) {
        return calls.values().stream().filter(call -> call.leg(id).isPresent()).findFirst();
    }

    synchronized void commanded(Map<String, Object> command) {
        commands.add(command);
    }

    synchronized void delivered(Map<String, Object> delivery) {
        if (deliveries.size() >= MOST) {
            deliveries.remove(0);
        }
        deliveries.add(delivery);
    }

    synchronized List<Map<String, Object>> deliveries() {
        return List.copyOf(deliveries);
    }

    synchronized void recording(String name, Instant readyAt) {
        recordings.put(name, readyAt);
    }

    synchronized boolean isReady(String name) {
        Instant readyAt = recordings.get(name);
        return readyAt != null && !now().isBefore(readyAt);
    }

    synchronized void oneShot(String token, String name) {
        oneShot.put(token, name);
    }

    /** {@return the recording behind a link, which works no second time} */
    synchronized Optional<String> useUp(String token) {
        return Optional.ofNullable(oneShot.remove(token));
    }

    synchronized void ask(String key, Map<String, Object> params, Instant readyAt) {
        asked.put(key, new Asked(params, readyAt));
    }

    synchronized Optional<Asked> asked(String key) {
        @Nullable Asked known = asked.get(key);
        return Optional.ofNullable(known);
    }

    synchronized Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("url", url);
        state.put("calls", calls.values().stream().map(Played::state).toList());
        state.put("deliveries", List.copyOf(deliveries));
        state.put("commands", List.copyOf(commands));
        state.put("recordings", new LinkedHashMap<>(recordings));
        return state;
    }

    /**
     * Statistics that were ordered. Immutable.
     *
     * @param params what was asked
     * @param readyAt when they are ready
     */
    record Asked(Map<String, Object> params, Instant readyAt) {
        Asked {
            params = Map.copyOf(params);
        }
    }
}
