// SPDX-License-Identifier: Apache-2.0
package io.cordboard.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Sends requests at a fixed rate, whether or not the earlier ones were answered, and measures from the moment at which
 * each was due: a server that stalls cannot hide it.
 */
final class OpenLoop {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int perSecond;

    OpenLoop(int perSecond) {
        this.perSecond = perSecond;
    }

    Percentiles run(URI url, int requests, IntFunction<Message> messages) throws InterruptedException {
        AtomicLongArray nanos = new AtomicLongArray(requests);
        Map<String, Integer> failed = new ConcurrentHashMap<>();
        CountDownLatch left = new CountDownLatch(requests);
        long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long begun = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            int number = i;
            Message message = messages.apply(i);
            long due = begun + i * gap;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(Math.max(1, due - System.nanoTime()));
            }
            var unused = http.sendAsync(message.to(url), HttpResponse.BodyHandlers.discarding())
                    .whenComplete((response, error) -> {
                        nanos.set(number, System.nanoTime() - due);
                        if (error != null || response.statusCode() != 200) {
                            String how = error != null ? error.toString() : "status " + response.statusCode();
                            failed.merge(how, 1, Integer::sum);
                        }
                        left.countDown();
                    });
        }
        if (!left.await(60, TimeUnit.SECONDS) || !failed.isEmpty()) {
            throw new IllegalStateException("of " + requests + " requests failed: " + failed);
        }
        long[] all = new long[requests];
        for (int i = 0; i < requests; i++) {
            all[i] = nanos.get(i);
        }
        return new Percentiles(all);
    }

    record Message(String body, String signature) {
        HttpRequest to(URI url) {
            return HttpRequest.newBuilder(url)
                    .timeout(Duration.ofSeconds(30))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Signature", signature)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
        }
    }
}
