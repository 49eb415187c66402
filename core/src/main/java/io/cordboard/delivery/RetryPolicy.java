// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import io.cordboard.crm.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a delivery after an attempt: a pure function of the delivery, the outcome, the time and a random
 * number.
 *
 * <p>Waits 1 second after the first failure, twice as long after each further one, never more than 15 minutes, and of
 * that at least a half, at random; or exactly as long as the CRM asks, which is no failure. Seven days after it was
 * first tried in vain, or first again after a person had it tried, it is parked. Waiting for a person to give a
 * permission does not count. Immutable.
 */
public final class RetryPolicy {
    /** How long a delivery is tried before it is parked. */
    public static final Duration LIMIT = Duration.ofDays(7);

    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMinutes(15);
    /** Where the doubled first wait is longer than the longest one. */
    private static final int DOUBLINGS = 10;

    /** Creates the policy. */
    public RetryPolicy() {}

    /**
     * {@return the delivery after an attempt}
     *
     * @param tried the delivery as it was before the attempt
     * @param outcome what became of the attempt
     * @param now the time
     * @param jitter a random number, at least 0 and less than 1
     */
    public Delivery next(Delivery tried, Outcome outcome, Instant now, double jitter) {
        if (jitter < 0 || jitter >= 1) {
            throw new IllegalArgumentException("jitter must be at least 0 and less than 1: " + jitter);
        }
        Instant since = since(tried, now);
        if (outcome instanceof Outcome.Done done) {
            return after(tried, new Result(Delivery.State.DONE, tried.lookFirst(), since, now, null, done.ref()));
        }
        if (outcome instanceof Outcome.Refused refused) {
            return after(
                    tried, new Result(Delivery.State.PARKED, tried.lookFirst(), since, now, refused.reason(), null));
        }
        if (outcome instanceof Outcome.Reauthorise person) {
            return untouched(tried, Duration.ZERO, person.reason(), now);
        }
        if (outcome instanceof Outcome.Unclear unclear) {
            return later(tried, true, new Wait(backoff(tried.attempts(), jitter), unclear.reason()), now);
        }
        Outcome.Retry retry = (Outcome.Retry) outcome;
        Duration asked = retry.after();
        if (asked != null && !asked.isNegative() && !isTooOld(tried, now)) {
            return postponed(tried, asked, retry.reason(), now);
        }
        return later(tried, tried.lookFirst(), new Wait(backoff(tried.attempts(), jitter), retry.reason()), now);
    }

    /**
     * {@return the delivery, to be tried later; not counted as an attempt, but the seven days begin}
     *
     * @param waiting the delivery
     * @param after how long to wait
     * @param reason what it waits for, one sentence
     * @param now the time
     */
    public Delivery postponed(Delivery waiting, Duration after, String reason, Instant now) {
        return waiting.with(
                new Result(
                        Delivery.State.PENDING,
                        waiting.lookFirst(),
                        since(waiting, now),
                        now.plus(after),
                        reason,
                        null),
                waiting.attempts());
    }

    /**
     * {@return the delivery, to be tried later, as if it had not been tried: what it waits for is a person's to do}
     *
     * @param waiting the delivery
     * @param after how long to wait
     * @param reason what it waits for, one sentence
     * @param now the time
     */
    public Delivery untouched(Delivery waiting, Duration after, String reason, Instant now) {
        return waiting.with(
                new Result(Delivery.State.PENDING, waiting.lookFirst(), null, now.plus(after), reason, null),
                waiting.attempts());
    }

    /**
     * {@return whether a delivery has been tried for too long}
     *
     * @param delivery the delivery
     * @param now the time
     */
    public boolean isTooOld(Delivery delivery, Instant now) {
        return !now.isBefore(since(delivery, now).plus(LIMIT));
    }

    private static Instant since(Delivery delivery, Instant now) {
        Instant since = delivery.triedSince();
        return since == null ? now : since;
    }

    private Delivery later(Delivery tried, boolean lookFirst, Wait wait, Instant now) {
        Instant since = since(tried, now);
        if (isTooOld(tried, now)) {
            String reason = "Tried for " + LIMIT.toDays() + " days; at last: " + wait.reason();
            return after(tried, new Result(Delivery.State.PARKED, lookFirst, since, now, reason, null));
        }
        return after(
                tried,
                new Result(Delivery.State.PENDING, lookFirst, since, now.plus(wait.length()), wait.reason(), null));
    }

    private static Delivery after(Delivery tried, Result result) {
        return tried.with(result, tried.attempts() + 1);
    }

    private static Duration backoff(int failures, double jitter) {
        Duration full = FIRST.multipliedBy(1L << Math.min(failures, DOUBLINGS));
        if (full.compareTo(LONGEST) > 0) {
            full = LONGEST;
        }
        long half = full.toMillis() / 2;
        return Duration.ofMillis(half + (long) (half * jitter));
    }

    private record Wait(Duration length, String reason) {}

    /** What an attempt changes of a delivery. */
    record Result(
            Delivery.State state,
            boolean lookFirst,
            @Nullable Instant triedSince,
            Instant nextAt,
            @Nullable String reason,
            @Nullable String ref) {}
}
