// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What one account may ask of its vendor: one budget, shared by all roles of the account.
 *
 * <p>Live requests go before deliveries, deliveries before the sync; a part of the vendor's burst is kept for whoever
 * is more important. Safe for use by many threads.
 */
public final class AccountBudget {
    private final String account;
    private final RateModel model;
    private final Bulkhead bulkhead;
    private final CircuitBreaker breaker;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final Map<Priority, Integer> waiting = new EnumMap<>(Priority.class);
    private final Map<Priority, Long> sent = new EnumMap<>(Priority.class);
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong pauses = new AtomicLong();
    private final AtomicLong waitedNanos = new AtomicLong();
    private long pausedUntil = System.nanoTime();

    /**
     * Creates a budget with at most eight requests at once besides the live ones.
     *
     * @param account the account's id, for messages
     * @param model how the vendor counts
     */
    public AccountBudget(String account, RateModel model) {
        this(account, model, 8);
    }

    /**
     * Creates a budget.
     *
     * @param account the account's id, for messages
     * @param model how the vendor counts
     * @param atOnce how many requests may be under way besides the live ones; at least 1
     */
    public AccountBudget(String account, RateModel model, int atOnce) {
        this.account = account;
        this.model = model;
        this.bulkhead = Bulkhead.of(
                account,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(atOnce)
                        .maxWaitDuration(Priority.SYNC.patience())
                        .build());
        this.breaker = CircuitBreaker.of(
                account,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(5)
                        .failureRateThreshold(60)
                        .waitDurationInOpenState(Duration.ofSeconds(15))
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .recordException(AccountBudget::isOutage)
                        .build());
        for (Priority priority : Priority.values()) {
            waiting.put(priority, 0);
            sent.put(priority, 0L);
        }
    }

    /**
     * Sends a request when it is its turn. For writes: whoever retries them has a breaker of its own.
     *
     * @param priority who goes first
     * @param request sends it
     * @return what the request returned
     * @throws ConnectorException {@link Reason#RATE_LIMITED} when its turn did not come in time, or whatever the
     *     request throws
     * @param <T> the answer
     */
    public <T> T run(Priority priority, Supplier<T> request) {
        if (priority == Priority.LIVE) {
            takeTurn(priority);
            return request.get();
        }
        try {
            return bulkhead.executeSupplier(() -> {
                takeTurn(priority);
                return request.get();
            });
        } catch (BulkheadFullException e) {
            refused.incrementAndGet();
            throw new ConnectorException(
                    Reason.RATE_LIMITED, account + ": too many requests are under way", Duration.ofSeconds(1), e);
        }
    }

    /**
     * Asks a question when it is its turn, and not at all while the vendor does not answer.
     *
     * @param priority who goes first
     * @param question asks it; changes nothing at the vendor
     * @return what the question returned
     * @throws ConnectorException {@link Reason#UNAVAILABLE} at once while the vendor does not answer, otherwise as
     *     {@link #run}
     * @param <T> the answer
     */
    public <T> T ask(Priority priority, Supplier<T> question) {
        try {
            return run(priority, () -> breaker.executeSupplier(question));
        } catch (CallNotPermittedException e) {
            throw new ConnectorException(
                    Reason.UNAVAILABLE,
                    account + ": not asked, because the last questions were not answered",
                    Duration.ofSeconds(15),
                    e);
        }
    }

    /**
     * Sends nothing for a while, because the vendor said so.
     *
     * @param howLong how long; a pause that is under way is never shortened
     */
    public void pause(Duration howLong) {
        lock.lock();
        try {
            long until = System.nanoTime() + howLong.toNanos();
            if (until - pausedUntil > 0) {
                pausedUntil = until;
            }
            pauses.incrementAndGet();
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether questions are held back because the vendor does not answer} */
    public boolean tripped() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    /** {@return the counters since the start} */
    public Stats stats() {
        lock.lock();
        try {
            return new Stats(
                    sent.getOrDefault(Priority.LIVE, 0L),
                    sent.getOrDefault(Priority.DELIVERY, 0L),
                    sent.getOrDefault(Priority.SYNC, 0L),
                    refused.get(),
                    pauses.get(),
                    Duration.ofNanos(waitedNanos.get()));
        } finally {
            lock.unlock();
        }
    }

    private void takeTurn(Priority priority) {
        long began = System.nanoTime();
        lock.lock();
        try {
            waiting.merge(priority, 1, Integer::sum);
            awaitTurn(priority, began + priority.patience().toNanos());
            model.take(System.nanoTime());
            sent.merge(priority, 1L, Long::sum);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectorException(Reason.UNAVAILABLE, account + ": stopped while waiting for its turn", null, e);
        } finally {
            waiting.merge(priority, -1, Integer::sum);
            changed.signalAll();
            lock.unlock();
            waitedNanos.addAndGet(System.nanoTime() - began);
        }
    }

    private void awaitTurn(Priority priority, long deadline) throws InterruptedException {
        for (long wait = waitFor(priority); wait > 0; wait = waitFor(priority)) {
            long left = deadline - System.nanoTime();
            if (left < 0 || wait > priority.patience().toNanos()) {
                throw tooBusy(wait);
            }
            long unused = changed.awaitNanos(Math.min(wait, left + 1));
        }
    }

    private long waitFor(Priority priority) {
        long now = System.nanoTime();
        long wait = Math.max(pausedUntil - now, model.waitNanos(now, priority.share()));
        if (wait <= 0 && somebodyBefore(priority)) {
            return TimeUnit.MILLISECONDS.toNanos(50);
        }
        return wait;
    }

    private boolean somebodyBefore(Priority priority) {
        return waiting.entrySet().stream().anyMatch(e -> e.getKey().compareTo(priority) < 0 && e.getValue() > 0);
    }

    private ConnectorException tooBusy(long wait) {
        refused.incrementAndGet();
        return new ConnectorException(
                Reason.RATE_LIMITED,
                account + ": the account's rate is used up",
                Duration.ofNanos(Math.max(wait, TimeUnit.MILLISECONDS.toNanos(100))),
                null);
    }

    private static boolean isOutage(Throwable fault) {
        return fault instanceof ConnectorException e
                && (e.reason() == Reason.UNAVAILABLE || e.reason() == Reason.UNCLEAR);
    }

    /**
     * Counters of one account since the start. Immutable.
     *
     * @param live live requests sent
     * @param delivery requests for deliveries sent
     * @param sync requests of the sync sent
     * @param refused requests whose turn did not come in time
     * @param pauses how often the vendor asked to wait
     * @param waited how long all requests together waited for their turn
     */
    public record Stats(long live, long delivery, long sync, long refused, long pauses, Duration waited) {}
}
