// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.call.CallId;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
    private static final long WEEK = Duration.ofDays(7).toSeconds();

    private final RetryPolicy policy = new RetryPolicy();

    private static Delivery delivery(int attempts, boolean lookFirst) {
        CrmWrite write = new CrmWrite.AddNote(new CallId("hq", "1"), "a note", null, null);
        return new Delivery(
                7,
                "main",
                "key",
                "lane",
                "after",
                write,
                Delivery.State.PENDING,
                attempts,
                lookFirst,
                T0,
                T0,
                T0,
                null,
                null);
    }

    private Duration waitAfter(int attempts, double jitter) {
        Delivery next = policy.next(delivery(attempts, false), new Outcome.Retry(null, "busy"), T0, jitter);
        return Duration.between(T0, next.nextAt());
    }

    @Test
    void theWaitDoublesFromOneSecondToAQuarterOfAnHourAndHalfOfItIsRandom() {
        assertThat(waitAfter(0, 0)).isEqualTo(Duration.ofMillis(500));
        assertThat(waitAfter(0, 0.5)).isEqualTo(Duration.ofMillis(750));
        assertThat(waitAfter(3, 0)).isEqualTo(Duration.ofSeconds(4));
        assertThat(waitAfter(9, 0)).isEqualTo(Duration.ofSeconds(256));
        assertThat(waitAfter(10, 0)).isEqualTo(Duration.ofSeconds(450));
        assertThat(waitAfter(1_000_000, 0)).isEqualTo(Duration.ofSeconds(450));
    }

    @Test
    void theCrmsOwnWaitIsTakenAsItIsAndIsNoFailure() {
        Delivery next =
                policy.next(delivery(4, false), new Outcome.Retry(Duration.ofSeconds(17), "rate limited"), T0, 0.9);
        assertThat(next.nextAt()).isEqualTo(T0.plusSeconds(17));
        assertThat(next.reason()).isEqualTo("rate limited");
        assertThat(next.attempts()).isEqualTo(4);
        assertThat(next.triedSince()).as("but not for more than seven days").isEqualTo(T0);
    }

    @Test
    void doneKeepsTheCrmsIdAndForgetsTheReason() {
        Delivery next = policy.next(
                policy.next(delivery(0, false), new Outcome.Retry(null, "busy"), T0, 0),
                new Outcome.Done("crm-9"),
                T0,
                0);
        assertThat(next.state()).isEqualTo(Delivery.State.DONE);
        assertThat(next.ref()).isEqualTo("crm-9");
        assertThat(next.reason()).isNull();
        assertThat(next.attempts()).isEqualTo(2);
    }

    @Test
    void refusedIsParkedWithItsReason() {
        Delivery next = policy.next(delivery(0, false), new Outcome.Refused("no such user"), T0, 0);
        assertThat(next.state()).isEqualTo(Delivery.State.PARKED);
        assertThat(next.reason()).isEqualTo("no such user");
    }

    @Test
    void unclearIsLookedForAndThatIsNotForgottenByALaterDefiniteFailure() {
        Delivery unclear = policy.next(delivery(0, false), new Outcome.Unclear("answer lost"), T0, 0);
        assertThat(unclear.lookFirst()).isTrue();
        assertThat(unclear.state()).isEqualTo(Delivery.State.PENDING);
        assertThat(policy.next(unclear, new Outcome.Retry(null, "busy"), T0, 0).lookFirst())
                .isTrue();
        assertThat(policy.next(delivery(0, false), new Outcome.Retry(null, "busy"), T0, 0)
                        .lookFirst())
                .isFalse();
    }

    @Test
    void afterSevenDaysItIsParkedAndSaysWhatWentWrongAtLast() {
        Instant justBefore = T0.plus(RetryPolicy.LIMIT).minusMillis(1);
        Outcome busy = new Outcome.Retry(null, "busy");
        assertThat(policy.next(delivery(9, false), busy, justBefore, 0).state()).isEqualTo(Delivery.State.PENDING);
        Delivery parked = policy.next(delivery(9, false), busy, justBefore.plusMillis(1), 0);
        assertThat(parked.state()).isEqualTo(Delivery.State.PARKED);
        assertThat(parked.reason()).contains("7 days").contains("busy");
    }

    @Test
    void theSevenDaysBeginWithTheFirstAttemptAndAgainWhenAPersonHasItTried() {
        Outcome busy = new Outcome.Retry(null, "busy");
        Instant late = T0.plus(RetryPolicy.LIMIT).plusSeconds(1);
        CrmWrite write = new CrmWrite.AddNote(new CallId("hq", "1"), "a note", null, null);
        Delivery waited = Delivery.planned("main", "key", "lane", null, write, T0);
        Delivery tried = policy.next(waited, busy, late, 0);
        assertThat(tried.state()).isEqualTo(Delivery.State.PENDING);
        assertThat(tried.triedSince()).isEqualTo(late);
        assertThat(policy.next(tried, busy, late.plusSeconds(60), 0).triedSince())
                .isEqualTo(late);

        Delivery again = policy.next(delivery(9, false), busy, late, 0).toBeTriedAt(late);
        Instant justBefore = late.plusSeconds(60).plus(RetryPolicy.LIMIT).minusMillis(1);
        Delivery first = policy.next(again, busy, late.plusSeconds(60), 0);
        assertThat(first.state()).isEqualTo(Delivery.State.PENDING);
        assertThat(policy.next(first, busy, justBefore, 0).state()).isEqualTo(Delivery.State.PENDING);
        assertThat(policy.next(first, busy, justBefore.plusMillis(1), 0).state())
                .isEqualTo(Delivery.State.PARKED);
    }

    @Test
    void waitingForAPersonIsNotCountedAndEndsTheSevenDaysThatHadBegun() {
        Instant late = T0.plus(RetryPolicy.LIMIT).plusSeconds(1);
        Delivery next = policy.next(delivery(9, true), new Outcome.Reauthorise("ask a person"), late, 0);
        assertThat(next.state()).isEqualTo(Delivery.State.PENDING);
        assertThat(next.attempts()).isEqualTo(9);
        assertThat(next.lookFirst()).isTrue();
        assertThat(next.triedSince()).isNull();
        assertThat(next.nextAt()).isEqualTo(late);
        assertThat(next.reason()).isEqualTo("ask a person");
    }

    @Test
    void aRandomNumberOutsideItsRangeIsRefused() {
        assertThatThrownBy(() -> waitAfter(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.0");
    }

    @Provide
    Arbitrary<Outcome> outcomes() {
        Arbitrary<Duration> waits = Arbitraries.longs().between(0, 100_000).map(Duration::ofMillis);
        return Arbitraries.oneOf(
                Arbitraries.just(new Outcome.Done("ref")),
                Arbitraries.just(new Outcome.Unclear("lost")),
                Arbitraries.just(new Outcome.Refused("no")),
                waits.injectNull(0.5).map(wait -> new Outcome.Retry(wait, "busy")));
    }

    @Property
    void whateverHappensNothingIsDroppedAndWhatIsPendingHasItsTimeWithinTheLimits(
            @ForAll("outcomes") Outcome outcome,
            @ForAll @IntRange(max = 100_000) int attempts,
            @ForAll @LongRange(max = 2 * 7 * 24 * 3600) long age,
            @ForAll boolean lookFirst,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double jitter) {
        Delivery tried = delivery(attempts, lookFirst);
        Instant now = T0.plusSeconds(age);

        Delivery next = policy.next(tried, outcome, now, jitter);

        assertThat(next)
                .usingRecursiveComparison()
                .comparingOnlyFields("id", "account", "key", "lane", "after", "write", "createdAt")
                .isEqualTo(tried);
        boolean cameTooSoon = outcome instanceof Outcome.Retry retry && retry.after() != null && age < WEEK;
        assertThat(next.attempts()).isEqualTo(cameTooSoon ? attempts : attempts + 1);
        assertThat(next.lookFirst()).isEqualTo(lookFirst || outcome instanceof Outcome.Unclear);
        assertThat(next.state() == Delivery.State.DONE).isEqualTo(outcome instanceof Outcome.Done);
        boolean again = outcome instanceof Outcome.Retry || outcome instanceof Outcome.Unclear;
        assertThat(next.state() == Delivery.State.PENDING).isEqualTo(again && age < WEEK);
        if (next.state() == Delivery.State.PENDING) {
            assertThat(next.nextAt()).isBetween(now, now.plus(RetryPolicy.LONGEST));
        }
        if (next.state() == Delivery.State.PARKED) {
            assertThat(next.reason()).isNotBlank();
        }
    }
}
