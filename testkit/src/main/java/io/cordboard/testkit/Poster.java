// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import io.cordboard.testkit.Faults.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a vendor sends by itself: once, in order, and never again when it fails; unless the faults say that it
 * comes twice or in the wrong order. Safe for use by many threads.
 */
public final class Poster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Poster.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST_WAITING = 10_000;
    private static final long HELD_MILLIS = 200;

    private final Faults faults;
    private final HttpClient client;
    private final ScheduledExecutorService thread;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private @Nullable HttpRequest held; // touched by the one thread only

    /**
     * Creates one.
     *
     * @param faults decide about {@link Kind#DUPLICATE} and {@link Kind#REORDER}
     */
    public Poster(Faults faults) {
        this.faults = faults;
        this.client = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread worker = new Thread(task, "sandbox-poster");
            worker.setDaemon(true);
            return worker;
        });
    }

    /**
     * Sends something in the background; dropped when 10,000 wait already.
     *
     * @param to where
     * @param contentType the body's type
     * @param body the body
     */
    public void post(URI to, String contentType, String body) {
        HttpRequest request = HttpRequest.newBuilder(to)
                .timeout(TIMEOUT)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        if (waiting.incrementAndGet() > MOST_WAITING || thread.isShutdown()) {
            waiting.decrementAndGet();
            failed.incrementAndGet();
            return;
        }
        thread.execute(() -> {
            waiting.decrementAndGet();
            inOrder(request);
        });
    }

    /** {@return how many were not accepted by whoever they were sent to} */
    public int failed() {
        return failed.get();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void inOrder(HttpRequest request) {
        if (held == null && faults.strikes(Kind.REORDER, Set.of())) {
            held = request;
            ScheduledFuture<?> unused = thread.schedule(this::release, HELD_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        send(request);
        if (faults.strikes(Kind.DUPLICATE, Set.of())) {
            send(request);
        }
        release();
    }

    private void release() {
        HttpRequest late = held;
        held = null;
        if (late != null) {
            send(late);
        }
    }

    private void send(HttpRequest request) {
        try {
            HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
            if (response.statusCode() >= 300) {
                failed.incrementAndGet();
                LOG.info("a handler answered {}; it is not told again", response.statusCode());
            }
        } catch (IOException e) {
            failed.incrementAndGet();
            LOG.info("a handler cannot be reached; it is not told again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
