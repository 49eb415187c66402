// SPDX-License-Identifier: Apache-2.0
package io.cordboard.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Sends requests at a fixed rate, whether or not the earlier ones were answered, and measures from the moment at which
 * each was due: a server that stalls cannot hide it.
 *
 * <p>A vendor's side has a bounded number of connections. Without a bound a slow moment opens thousands of them, and
 * what is measured afterwards is the client.
 */
final class OpenLoop implements AutoCloseable {
    private static final int CONNECTIONS = 64;
    private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");

    private final OkHttpClient http = new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(CONNECTIONS, 1, TimeUnit.MINUTES))
            .retryOnConnectionFailure(false)
            .callTimeout(Duration.ofSeconds(30))
            .build();
    private final ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
    private final int perSecond;

    OpenLoop(int perSecond) {
        this.perSecond = perSecond;
    }

    Percentiles run(URI url, List<Message> messages) throws InterruptedException {
        long[] nanos = new long[messages.size()];
        Map<String, Integer> failed = new ConcurrentHashMap<>();
        AtomicInteger next = new AtomicInteger();
        long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long begun = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        Runnable sender = () -> {
            for (int i = next.getAndIncrement(); i < nanos.length; i = next.getAndIncrement()) {
                Request request = messages.get(i).to(url);
                long due = begun + i * gap;
                awaitDue(due);
                String fault = send(request);
                nanos[i] = System.nanoTime() - due;
                if (!fault.isEmpty()) {
                    failed.merge(fault, 1, Integer::sum);
                }
            }
        };
        await(sender);
        if (!failed.isEmpty()) {
            throw new IllegalStateException("of " + nanos.length + " requests failed: " + failed);
        }
        return new Percentiles(nanos);
    }

    private void await(Runnable sender) throws InterruptedException {
        List<Runnable> all = Collections.nCopies(CONNECTIONS, sender);
        senders.invokeAll(all.stream().map(Executors::callable).toList());
    }

    private static void awaitDue(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** {@return what went wrong, or nothing} */
    private String send(Request request) {
        try (Response response = http.newCall(request).execute()) {
            response.body().bytes();
            return response.code() == 200 ? "" : "status " + response.code();
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        senders.shutdown();
        http.connectionPool().evictAll();
    }

    record Message(String body, String signature) {
        Request to(URI url) {
            return new Request.Builder()
                    .url(url.toString())
                    .header("Signature", signature)
                    .post(RequestBody.create(body, FORM))
                    .build();
        }
    }
}
