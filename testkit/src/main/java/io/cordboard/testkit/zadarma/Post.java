// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.zadarma;

import io.cordboard.testkit.Faults;
import io.cordboard.testkit.Json;
import io.cordboard.testkit.Knobs;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the webhooks, signed as Zadarma signs them, and notes what became of each. Safe for use by many threads. */
final class Post implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Post.class);
    private static final Map<String, List<String>> SIGNED = Map.of(
            "NOTIFY_ANSWER", List.of("caller_id", "destination", "call_start"),
            "NOTIFY_OUT_START", List.of("internal", "destination", "call_start"),
            "NOTIFY_OUT_END", List.of("internal", "destination", "call_start"),
            "NOTIFY_RECORD", List.of("pbx_call_id", "call_id_with_rec"));
    private static final List<String> USUALLY_SIGNED = List.of("caller_id", "called_did", "call_start");

    private final Books books;
    private final Knobs knobs;
    private final Faults faults;
    private final Seal seal;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "zadarma-again");
        thread.setDaemon(true);
        return thread;
    });
    private final Object lock = new Object();
    private final List<Map<String, String>> heldBack = new ArrayList<>();

    Post(Books books, Knobs knobs, Faults faults, Seal seal) {
        this.books = books;
        this.knobs = knobs;
        this.faults = faults;
        this.seal = seal;
    }

    /**
     * Tries an address as Zadarma does when it is entered.
     *
     * @return whether it repeated the token and nothing else
     */
    boolean tries(String url) {
        String token = books.hex(8);
        try {
            URI uri = URI.create(url + (url.contains("?") ? "&" : "?") + "zd_echo=" + token);
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("User-Agent", "Zadarma API v1")
                    .timeout(knobs.millis("answerMillis"))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 && response.body().equals(token);
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("the webhook address does not answer", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Sends one webhook, unless the account has it switched off.
     *
     * @return what was answered; empty when that was nothing that can be understood
     */
    Map<String, Object> send(Map<String, String> fields) {
        String event = fields.getOrDefault("event", "");
        if (books.url().isEmpty() || !books.sends(event)) {
            return Map.of();
        }
        if (faults.strikes(Faults.Kind.REORDER, Set.of(event))) {
            synchronized (lock) {
                heldBack.add(fields);
            }
            return Map.of();
        }
        Map<String, Object> answer = attempt(fields, 1);
        if (faults.strikes(Faults.Kind.DUPLICATE, Set.of(event))) {
            attempt(fields, 1);
        }
        flush();
        return answer;
    }

    /** Sends what was held back. */
    void flush() {
        List<Map<String, String>> due;
        synchronized (lock) {
            due = List.copyOf(heldBack);
            heldBack.clear();
        }
        due.forEach(fields -> attempt(fields, 1));
    }

    @Override
    public void close() {
        later.shutdownNow();
    }

    private Map<String, Object> attempt(Map<String, String> fields, int number) {
        long began = System.nanoTime();
        int status = 0;
        String body = "";
        try {
            HttpResponse<String> response = http.send(request(fields), HttpResponse.BodyHandlers.ofString());
            status = response.statusCode();
            body = response.body();
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("a webhook was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        note(fields, number, status, body, System.nanoTime() - began);
        if (status != 200 && number <= (int) knobs.number("retries")) {
            Future<?> unused = later.schedule(
                    () -> attempt(fields, number + 1),
                    knobs.millis("retryMillis").toMillis(),
                    TimeUnit.MILLISECONDS);
        }
        return status == 200 ? understood(body) : Map.of();
    }

    private HttpRequest request(Map<String, String> fields) {
        StringJoiner form = new StringJoiner("&");
        fields.forEach((name, value) -> form.add(encode(name) + "=" + encode(value)));
        StringBuilder signed = new StringBuilder();
        SIGNED.getOrDefault(fields.getOrDefault("event", ""), USUALLY_SIGNED)
                .forEach(name -> signed.append(fields.getOrDefault(name, "")));
        return HttpRequest.newBuilder(URI.create(books.url()))
                .header("User-Agent", "Zadarma API v1")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "*/*")
                .header("Signature", seal.seal(signed.toString()))
                .timeout(knobs.millis("answerMillis"))
                .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
                .build();
    }

    private void note(Map<String, String> fields, int number, int status, String body, long nanos) {
        Map<String, Object> delivery = new LinkedHashMap<>();
        delivery.put("event", fields.getOrDefault("event", ""));
        delivery.put("pbx_call_id", fields.getOrDefault("pbx_call_id", ""));
        delivery.put("internal", fields.getOrDefault("internal", ""));
        delivery.put("attempt", number);
        delivery.put("status", status);
        delivery.put("acknowledged", status == 200);
        delivery.put("millis", nanos / 1_000_000.0);
        delivery.put("answer", body.length() > 1000 ? body.substring(0, 1000) : body);
        delivery.put("at", books.now());
        books.delivered(delivery);
    }

    private static Map<String, Object> understood(String body) {
        try {
            return body.isBlank() ? Map.of() : Json.read(body.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Map.of(); // what is no JSON changes nothing, as with Zadarma
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
