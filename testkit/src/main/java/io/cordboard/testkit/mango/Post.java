// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts events and results, signed, and notes what became of each. Safe for use by many threads. */
final class Post implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Post.class);

    private final Books books;
    private final Knobs knobs;
    private final Faults faults;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(8, task -> {
        Thread thread = new Thread(task, "mango-post");
        thread.setDaemon(true);
        return thread;
    });

    Post(Books books, Knobs knobs, Faults faults) {
        this.books = books;
        this.knobs = knobs;
        this.faults = faults;
    }

    /** Posts something: in its turn, or with some chance on a thread of its own and so perhaps out of it. */
    void send(String path, Map<String, Object> json) {
        if (books.url().isEmpty() || faults.strikes("lostEvent", Set.of(path))) {
            return;
        }
        String text = new String(Json.write(typed(json)), StandardCharsets.UTF_8);
        int times = faults.strikes(Faults.Kind.DUPLICATE, Set.of(path)) ? 2 : 1;
        for (int i = 0; i < times; i++) {
            if (knobs.on("parallel") || faults.strikes(Faults.Kind.REORDER, Set.of(path))) {
                long delay = (long) (Math.max(1, knobs.number("delayMillis")) * (books.coin() ? 1 : 2));
                soon(delay, () -> attempt(path, text, 1));
            } else {
                attempt(path, text, 1);
            }
        }
    }

    /** Posts something in a while. */
    void sendLater(Duration delay, String path, Map<String, Object> json) {
        soon(delay.toMillis(), () -> send(path, json));
    }

    void soon(long millis, Runnable task) {
        if (!later.isShutdown()) {
            Future<?> unused = later.schedule(task, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** {@return the status that the cabinet's "check connection" gets; 0 when nobody answers} */
    int ping() {
        return status("ping", "");
    }

    @Override
    public void close() {
        later.shutdownNow();
    }

    private void attempt(String path, String json, int number) {
        long began = System.nanoTime();
        String form = "vpbx_api_key=" + encode(Seal.KEY) + "&sign=" + Seal.of(json) + "&json=" + encode(json);
        int status = status(path, form);
        Map<String, Object> delivery = new LinkedHashMap<>();
        delivery.put("path", path);
        delivery.put("attempt", number);
        delivery.put("status", status);
        delivery.put("acknowledged", status == 200);
        delivery.put("millis", (System.nanoTime() - began) / 1_000_000.0);
        delivery.put("json", json);
        delivery.put("at", books.now());
        books.delivered(delivery);
        if (status != 200 && number <= (int) knobs.number("retries")) {
            soon(knobs.millis("retryMillis").toMillis(), () -> attempt(path, json, number + 1));
        }
    }

    private int status(String path, String form) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(books.url() + "/" + path))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .timeout(knobs.millis("answerMillis"))
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("an event was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    /** The document writes numbers as texts, real traffic as numbers. */
    private Map<String, Object> typed(Map<String, Object> json) {
        if (!knobs.on("texts")) {
            return json;
        }
        Map<String, Object> all = new LinkedHashMap<>();
        json.forEach((name, value) -> all.put(name, value instanceof Number ? String.valueOf(value) : value));
        return all;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
