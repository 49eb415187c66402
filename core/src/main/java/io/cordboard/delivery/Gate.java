// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How much of one account's work may be on its way. Shuts when the account failed several times in a row, and then lets
 * one delivery at a time through to see whether it is back. Safe for use by many threads.
 */
final class Gate {
    private static final int FAILURES = 4;
    private static final double FACTOR = 2;

    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;

    /** Makes a gate; {@code opened} is told when one may try again. */
    Gate(String account, int together, Rest rest, Runnable opened) {
        breaker = CircuitBreaker.of(
                account,
                CircuitBreakerConfig.custom()
                        .slidingWindow(FAILURES, FAILURES, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(100)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .automaticTransitionFromOpenToHalfOpenEnabled(true)
                        .waitIntervalFunctionInOpenState(
                                IntervalFunction.ofExponentialBackoff(rest.first(), FACTOR, rest.longest()))
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> opened.run());
        bulkhead = Bulkhead.of(
                account,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(together)
                        .maxWaitDuration(Duration.ZERO)
                        .build());
    }

    boolean tryEnter() {
        if (!bulkhead.tryAcquirePermission()) {
            return false;
        }
        if (!breaker.tryAcquirePermission()) {
            bulkhead.releasePermission();
            return false;
        }
        return true;
    }

    /** {@return whether only one delivery may go, to see whether the account is back} */
    boolean isProbing() {
        return breaker.getState() == CircuitBreaker.State.HALF_OPEN;
    }

    boolean hasOnePlaceLeft() {
        return bulkhead.getMetrics().getAvailableConcurrentCalls() == 0
                && bulkhead.getMetrics().getMaxAllowedConcurrentCalls() > 1;
    }

    /** Nothing was asked of the account after all. */
    void leaveUnused() {
        breaker.releasePermission();
        bulkhead.releasePermission();
    }

    void leave(boolean failed, long nanos) {
        if (failed) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, new AccountFailed());
        } else {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        }
        bulkhead.onComplete();
    }

    Courier.Breaker state() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> Courier.Breaker.OPEN;
            case HALF_OPEN -> Courier.Breaker.PROBING;
            case CLOSED, DISABLED, METRICS_ONLY -> Courier.Breaker.CLOSED;
        };
    }

    /**
     * How long an account that failed is left alone.
     *
     * @param first the first time; twice as long each time
     * @param longest never longer
     */
    record Rest(Duration first, Duration longest) {}

    /** What the breaker is told; nobody else sees it. */
    private static final class AccountFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AccountFailed() {
            super("the account did not do its work", null, false, false);
        }
    }
}
