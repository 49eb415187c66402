// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.Faults;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Delivers to subscribers, who have two seconds to answer: up to five attempts, by the account's clock. Safe for use by
 * many threads.
 */
final class Courier implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final long LOOK_MILLIS = 20;
    private static final int MOST_WAITING = 10_000;
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(15), Duration.ofHours(1));

    private final Clock clock;
    private final Faults faults;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(ANSWER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final ScheduledExecutorService thread;
    private final List<Parcel> waiting = new ArrayList<>();
    private int delivered;
    private int failed;
    private long number;

    Courier(Clock clock, Faults faults) {
        this.clock = clock;
        this.faults = faults;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread worker = new Thread(task, "sandbox-courier");
            worker.setDaemon(true);
            return worker;
        });
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::deliver, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    synchronized void send(Subscription hook, String body) {
        if (waiting.size() < MOST_WAITING) {
            waiting.add(new Parcel(hook, body, 1, clock.instant(), number++));
        }
    }

    synchronized void forget() {
        waiting.clear();
        delivered = 0;
        failed = 0;
    }

    synchronized int delivered() {
        return delivered;
    }

    /** {@return how many attempts failed} */
    synchronized int failed() {
        return failed;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void deliver() {
        Optional<Parcel> next = next();
        while (next.isPresent() && !Thread.currentThread().isInterrupted()) {
            Parcel parcel = next.get();
            if (faults.strikes(Faults.Kind.DUPLICATE, Set.of())) {
                post(parcel);
            }
            settle(parcel, post(parcel));
            next = next();
        }
    }

    private synchronized Optional<Parcel> next() {
        Instant now = clock.instant();
        Comparator<Parcel> order = Comparator.comparing(Parcel::due).thenComparingLong(Parcel::number);
        List<Parcel> due = waiting.stream()
                .filter(parcel -> !parcel.due.isAfter(now))
                .sorted(order)
                .toList();
        if (due.isEmpty()) {
            return Optional.empty();
        }
        boolean swapped = due.size() > 1 && faults.strikes(Faults.Kind.REORDER, Set.of());
        Parcel next = due.get(swapped ? 1 : 0);
        waiting.remove(next);
        return Optional.of(next);
    }

    private int post(Parcel parcel) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(parcel.hook.destination()))
                .timeout(ANSWER)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("User-Agent", "amoCRM-Webhooks/3.0")
                .POST(HttpRequest.BodyPublishers.ofString(parcel.body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private synchronized void settle(Parcel parcel, int status) {
        boolean valid = status >= 100 && status < 300;
        parcel.hook.answered(valid, clock.instant().getEpochSecond());
        if (valid) {
            delivered++;
            return;
        }
        failed++;
        boolean again = parcel.attempt < 3 || (parcel.attempt < 5 && (status == 499 || status >= 500));
        if (again && !parcel.hook.disabled()) {
            Instant due = clock.instant().plus(PAUSES.get(parcel.attempt - 1));
            waiting.add(new Parcel(parcel.hook, parcel.body, parcel.attempt + 1, due, parcel.number));
        }
    }

    private record Parcel(Subscription hook, String body, int attempt, Instant due, long number) {}
}
