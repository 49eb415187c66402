// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.reliability;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Calls as Zadarma tells them, from several connections at once: signed, sometimes twice, sometimes out of order, and
 * told again when nobody acknowledged them, except for some that are given up.
 */
final class ZadarmaLoad implements AutoCloseable {
    private static final DateTimeFormatter WALL_CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final List<String> AGENTS = List.of("100", "101", "102");

    private final URI hook;
    private final String secret;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicLong number = new AtomicLong();
    private final AtomicLong acknowledgedEvents = new AtomicLong();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();

    ZadarmaLoad(URI hook, String secret, Clock clock) {
        this.hook = hook;
        this.secret = secret;
        this.clock = clock;
    }

    void start(int connections, long seed) {
        for (int i = 0; i < connections; i++) {
            Random random = new Random(seed + i);
            Thread thread = new Thread(() -> talk(random), "load-" + i);
            thread.start();
            threads.add(thread);
        }
    }

    /** The calls whose end was acknowledged. */
    Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    /** The calls of which anything was told. */
    Set<String> begun() {
        return Set.copyOf(begun);
    }

    long acknowledgedEvents() {
        return acknowledgedEvents.get();
    }

    private void talk(Random random) {
        while (running.get()) {
            call(random);
        }
    }

    private void call(Random random) {
        long serial = number.incrementAndGet();
        String id =
                "in_" + HexFormat.of().toHexDigits(serial) + HexFormat.of().toHexDigits(random.nextLong()) + "00000000";
        String caller = "+7916" + (1_000_000 + serial % 9_000_000);
        String agent = AGENTS.get(random.nextInt(AGENTS.size()));
        boolean answered = random.nextInt(3) > 0;
        String start = WALL_CLOCK.format(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
        List<Map<String, String>> events = new ArrayList<>();
        events.add(event("NOTIFY_START", id, start, caller, Map.of("called_did", "74951110001")));
        events.add(event("NOTIFY_INTERNAL", id, start, caller, Map.of("called_did", "74951110001", "internal", agent)));
        if (answered) {
            events.add(
                    event("NOTIFY_ANSWER", id, start, caller, Map.of("destination", "74951110001", "internal", agent)));
        }
        Map<String, String> end = event("NOTIFY_END", id, start, caller, Map.of("called_did", "74951110001"));
        end.putAll(Map.of(
                "internal", answered ? agent : "",
                "duration", answered ? "42" : "0",
                "disposition", answered ? "answered" : "cancel",
                "status_code", "16",
                "is_recorded", "0"));
        events.add(end);
        if (random.nextInt(10) == 0) {
            java.util.Collections.shuffle(events, random);
        }
        if (random.nextInt(10) == 0) {
            events.add(events.get(random.nextInt(events.size())));
        }
        begun.add(id);
        boolean patient = random.nextInt(10) > 0;
        for (Map<String, String> event : events) {
            boolean taken = patient ? untilAcknowledged(event) : post(event);
            if (taken && event == end) {
                acknowledged.add(id);
            }
        }
    }

    private static Map<String, String> event(
            String name, String id, String start, String caller, Map<String, String> more) {
        Map<String, String> event = new LinkedHashMap<>();
        event.put("event", name);
        event.put("call_start", start);
        event.put("pbx_call_id", id);
        event.put("caller_id", caller);
        event.putAll(more);
        return event;
    }

    private boolean untilAcknowledged(Map<String, String> event) {
        while (running.get()) {
            if (post(event)) {
                return true;
            }
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(50).toNanos());
        }
        return false;
    }

    private boolean post(Map<String, String> event) {
        String middle = event.getOrDefault("called_did", event.getOrDefault("destination", ""));
        String signed = event.get("caller_id") + middle + event.get("call_start");
        String body = event.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(hook)
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("User-Agent", "Zadarma API v1")
                .header("Signature", signature(signed))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status == 200) {
                acknowledgedEvents.incrementAndGet();
            }
            return status == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            String hex = HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            return Base64.getEncoder().encodeToString(hex.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets every call that was begun be told to its end, or given up. */
    @Override
    public void close() {
        running.set(false);
        for (Thread thread : threads) {
            try {
                thread.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
