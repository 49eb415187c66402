// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.whole;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Calls as Zadarma tells them, from several connections at once: signed, sometimes twice, sometimes out of order, and
 * told again when nobody acknowledged them, except for some that are given up.
 */
final class ZadarmaLoad implements AutoCloseable {
    private static final DateTimeFormatter WALL_CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final Duration LEAST_TIME = Duration.ofMillis(200);
    private static final List<String> AGENTS = List.of("100", "101", "102");

    private final URI hook;
    private final String secret;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicLong number = new AtomicLong();
    private final AtomicLong acknowledgedEvents = new AtomicLong();
    private final Queue<ToldCall> told = new ConcurrentLinkedQueue<>();
    private final List<String> known;
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Creates a load that is not started.
     *
     * @param hook where webhooks go
     * @param secret what they are signed with
     * @param clock the time
     * @param known numbers that the CRM knows
     */
    ZadarmaLoad(URI hook, String secret, Clock clock, List<String> known) {
        this.known = List.copyOf(known);
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

    /** The calls of which anything was told. */
    List<ToldCall> told() {
        return List.copyOf(told);
    }

    long acknowledgedEvents() {
        return acknowledgedEvents.get();
    }

    private void talk(Random random) {
        Deque<String> earlier = new ArrayDeque<>();
        while (running.get()) {
            long begun = System.nanoTime();
            call(random, earlier);
            // A pace that the CRM's limits can follow.
            LockSupport.parkNanos(begun + LEAST_TIME.toNanos() - System.nanoTime());
        }
    }

    private void call(Random random, Deque<String> earlier) {
        long serial = number.incrementAndGet();
        String id =
                "in_" + HexFormat.of().toHexDigits(serial) + HexFormat.of().toHexDigits(random.nextLong()) + "00000000";
        boolean isKnown = random.nextInt(10) == 0;
        String caller =
                isKnown ? known.get(random.nextInt(known.size())) : stranger(serial, random.nextInt(10) == 0, earlier);
        String agent = AGENTS.get(random.nextInt(AGENTS.size()));
        boolean answered = random.nextInt(3) > 0;
        boolean recorded = answered && random.nextInt(4) == 0;
        List<Map<String, String>> events = events(id, caller, agent, answered);
        Map<String, String> end = events.get(events.size() - 1);
        Map<String, String> announcement = end;
        if (recorded && random.nextBoolean()) {
            announcement =
                    new LinkedHashMap<>(Map.of("event", "NOTIFY_RECORD", "pbx_call_id", id, "call_id_with_rec", id));
            events.add(announcement);
        } else if (recorded) {
            end.put("is_recorded", "1");
            end.put("call_id_with_rec", id);
        }
        boolean ordered = random.nextInt(10) > 0;
        if (!ordered) {
            Collections.shuffle(events, random);
        }
        if (random.nextInt(10) == 0) {
            events.add(events.get(random.nextInt(events.size())));
        }
        boolean patient = random.nextInt(10) > 0;
        Set<Map<String, String>> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Map<String, String> event : events) {
            if (patient ? untilAcknowledged(event) : post(event)) {
                taken.add(event);
            }
        }
        told.add(new ToldCall(
                id,
                caller,
                isKnown,
                agent,
                answered,
                taken.contains(end),
                announced(recorded, taken.contains(announcement)),
                ordered && taken.containsAll(events)));
    }

    private static ToldCall.Announced announced(boolean recorded, boolean acknowledged) {
        if (!recorded) {
            return ToldCall.Announced.NO;
        }
        return acknowledged ? ToldCall.Announced.ACKNOWLEDGED : ToldCall.Announced.UNACKNOWLEDGED;
    }

    private static String stranger(long serial, boolean again, Deque<String> earlier) {
        if (again && !earlier.isEmpty()) {
            return earlier.getLast();
        }
        String number = "+7916" + (1_000_000 + serial % 9_000_000);
        earlier.addLast(number);
        return number;
    }

    private List<Map<String, String>> events(String id, String caller, String agent, boolean answered) {
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
                "duration", answered ? String.valueOf(ToldCall.SECONDS) : "0",
                "disposition", answered ? "answered" : "cancel",
                "status_code", "16",
                "is_recorded", "0"));
        events.add(end);
        return events;
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
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return false;
    }

    private boolean post(Map<String, String> event) {
        String middle = event.getOrDefault("called_did", event.getOrDefault("destination", ""));
        String signed = event.containsKey("caller_id")
                ? event.get("caller_id") + middle + event.get("call_start")
                : event.get("pbx_call_id") + event.get("call_id_with_rec");
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
