// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.zadarma;

import io.cordboard.testkit.Knobs;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the account holds: its webhook address, calls, recordings and what was sent. Safe for use by many threads. */
final class Books {
    static final List<String> FLAGS = List.of(
            "notify_start", "notify_internal", "notify_end", "notify_out_start", "notify_out_end", "notify_answer");

    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int MOST = 100_000;

    private final Clock clock;
    private final Knobs knobs;
    private final long seed;
    private final Map<String, Played> calls = new LinkedHashMap<>();
    private final Map<String, Instant> recordings = new LinkedHashMap<>();
    private final Map<String, Link> links = new LinkedHashMap<>();
    private final List<Map<String, Object>> deliveries = new ArrayList<>();
    private final List<Map<String, Object>> callbacks = new ArrayList<>();
    private final Map<String, Boolean> flags = new TreeMap<>();
    private String url = "";
    private Random random;

    Books(Clock clock, Knobs knobs, long seed) {
        this.clock = clock;
        this.knobs = knobs;
        this.seed = seed;
        this.random = new Random(seed);
        FLAGS.forEach(flag -> flags.put(flag, true));
    }

    synchronized void reset() {
        calls.clear();
        recordings.clear();
        links.clear();
        deliveries.clear();
        callbacks.clear();
        random = new Random(seed);
    }

    Instant now() {
        return clock.instant();
    }

    /** {@return a moment on the account's clock} */
    String wall(Instant at) {
        return WALL.format(LocalDateTime.ofInstant(at, knobs.zone()));
    }

    synchronized String hex(int bytes) {
        byte[] some = new byte[bytes];
        random.nextBytes(some);
        return HexFormat.of().formatHex(some);
    }

    synchronized String digits(int howMany) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < howMany; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }

    // --- the webhook

    synchronized String url() {
        return url;
    }

    synchronized void url(String value) {
        url = value;
    }

    synchronized Map<String, String> flags() {
        Map<String, String> texts = new LinkedHashMap<>();
        FLAGS.forEach(flag -> texts.put(flag, String.valueOf(flags.get(flag))));
        return texts;
    }

    synchronized void flag(String name, boolean on) {
        if (flags.containsKey(name)) {
            flags.put(name, on);
        }
    }

    /** {@return whether an event is sent; recordings and menus have no flag} */
    synchronized boolean sends(String event) {
        return flags.getOrDefault(event.toLowerCase(Locale.ROOT), true);
    }

    // --- calls

    synchronized List<Played> calls() {
        return List.copyOf(calls.values());
    }

    synchronized void add(Played call) {
        if (calls.size() >= MOST) {
            calls.remove(calls.keySet().iterator().next());
        }
        calls.put(call.id(), call);
    }

    synchronized List<Played> over(String prefix) {
        return calls.values().stream()
                .filter(call -> call.id().startsWith(prefix) && call.isOver())
                .toList();
    }

    synchronized Optional<Played> find(String id) {
        return Optional.ofNullable(calls.get(id));
    }

    synchronized void callback(Map<String, Object> callback) {
        callbacks.add(callback);
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

    // --- recordings

    synchronized void recording(String name, Instant readyAt) {
        recordings.put(name, readyAt);
    }

    synchronized boolean isReady(String name) {
        Instant readyAt = recordings.get(name);
        return readyAt != null && !now().isBefore(readyAt);
    }

    synchronized Instant link(String token, String name, long lifetimeSeconds) {
        Instant till = now().plusSeconds(lifetimeSeconds);
        links.put(token, new Link(name, till));
        return till;
    }

    /** {@return the recording behind a link that is still good} */
    synchronized Optional<String> behind(String token) {
        @Nullable Link link = links.get(token);
        return Optional.ofNullable(link)
                .filter(known -> now().isBefore(known.till()))
                .map(Link::name);
    }

    synchronized Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("webhook", Map.of("url", url, "notifications", flags()));
        state.put("calls", calls.values().stream().map(Played::state).toList());
        state.put("deliveries", List.copyOf(deliveries));
        state.put("callbacks", List.copyOf(callbacks));
        state.put(
                "recordings",
                recordings.entrySet().stream()
                        .map(entry -> Map.of("name", entry.getKey(), "readyAt", entry.getValue()))
                        .toList());
        return state;
    }

    private record Link(String name, Instant till) {}
}
