// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.crm.Attempt;
import io.cordboard.crm.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourierTest {
    @TempDir
    private Path folder;

    private CourierFixture on;

    @BeforeEach
    void open() {
        on = new CourierFixture(folder);
    }

    @AfterEach
    void close() {
        on.close();
    }

    private static Delivery note(String key, String lane) {
        return CourierFixture.note("main", key, lane, null);
    }

    @Test
    void deliveriesOfALaneGoOneAfterTheOtherInTheirOrder() {
        Set<String> underWay = ConcurrentHashMap.newKeySet();
        AtomicBoolean together = new AtomicBoolean();
        on.main().answer(attempts -> {
            attempts.forEach(attempt -> together.compareAndSet(false, !underWay.add(lane(attempt))));
            List<Outcome> outcomes = ScriptedCrm.allDone(attempts);
            attempts.forEach(attempt -> underWay.remove(lane(attempt)));
            return outcomes;
        });
        List<Delivery> all = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            all.add(note("k" + i, "lane " + i % 12));
        }
        on.start();
        on.plan(all.toArray(Delivery[]::new));

        on.awaitCount("main", Delivery.State.DONE, 120);
        assertThat(together).isFalse();
        for (int lane = 0; lane < 12; lane++) {
            int mine = lane;
            assertThat(on.main().keys().stream()
                            .map(key -> Integer.parseInt(key.substring(1)))
                            .filter(number -> number % 12 == mine))
                    .hasSize(10)
                    .isSorted();
        }
    }

    private static String lane(Attempt<?> attempt) {
        return attempt.write().call().value();
    }

    @Test
    void whatComesAfterAnotherDeliveryWaitsForIt() {
        on.main()
                .answerEach(attempt -> attempt.key().equals("first") && attempt.number() == 1
                        ? new Outcome.Retry(null, "later")
                        : new Outcome.Done("ref"));
        on.start();
        on.plan(note("first", "a"), CourierFixture.note("main", "second", "b", "first"), note("free", "c"));

        on.awaitState("free", Delivery.State.DONE);
        await().until(() ->
                on.stored("first").attempts() == 1 && !on.stored("first").lookFirst());
        assertThat(on.stored("second").attempts()).isZero();
        on.advance(Duration.ofMinutes(1));
        on.awaitState("second", Delivery.State.DONE);
        assertThat(on.main().keys()).containsSubsequence("first", "first", "second");
    }

    @Test
    void deliveriesOfOneKindGoTogetherUpToTheSizeOfABatch() {
        List<Delivery> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.add(i % 2 == 0 ? note("k" + i, "lane " + i) : CourierFixture.call("k" + i, "lane " + i));
        }
        on.plan(all.toArray(Delivery[]::new));
        on.start(builder -> builder.batchSize(10));

        on.awaitCount("main", Delivery.State.DONE, 60);
        assertThat(on.main().asked()).hasSize(6).allSatisfy(batch -> {
            assertThat(batch).hasSize(10);
            assertThat(batch.stream().map(attempt -> attempt.write().getClass()).distinct())
                    .hasSize(1);
        });
    }

    @Test
    void oneThatIsRefusedDoesNotSpoilTheOthersOfItsBatch() {
        on.main()
                .answerEach(attempt ->
                        attempt.key().equals("n17") ? new Outcome.Refused("no such user") : new Outcome.Done("ref"));
        on.planNotes("main", 50);
        on.start(builder -> builder.batchSize(50));

        on.awaitCount("main", Delivery.State.DONE, 49);
        on.awaitState("n17", Delivery.State.PARKED);
        assertThat(on.stored("n17").reason()).isEqualTo("no such user");
        assertThat(on.main().keys()).hasSize(50);
    }

    @Test
    void anUnclearAnswerIsLookedForBeforeItIsWrittenAgain() {
        on.main()
                .answerEach(attempt ->
                        attempt.number() == 1 ? new Outcome.Unclear("the answer was lost") : new Outcome.Done("found"));
        on.start();
        on.plan(note("k", "a"));

        await().until(() -> "the answer was lost".equals(on.stored("k").reason()));
        on.advance(Duration.ofSeconds(1));
        on.awaitState("k", Delivery.State.DONE);
        assertThat(on.main().attempts("k")).extracting(Attempt::lookFirst).containsExactly(false, true);
        assertThat(on.stored("k").ref()).isEqualTo("found");
    }

    @Test
    void aDefiniteFailureNeedsNoLooking() {
        on.main()
                .answerEach(
                        attempt -> attempt.number() == 1 ? new Outcome.Retry(null, "busy") : new Outcome.Done("ref"));
        on.start();
        on.plan(note("k", "a"));

        await().until(() -> "busy".equals(on.stored("k").reason()));
        on.advance(Duration.ofSeconds(1));
        on.awaitState("k", Delivery.State.DONE);
        assertThat(on.main().attempts("k")).extracting(Attempt::lookFirst).containsExactly(false, false);
    }

    @Test
    void aParkedDeliveryStaysAndItsLaneGoesOnAndItIsTriedAgainWhenAPersonSaysSo() {
        AtomicBoolean mended = new AtomicBoolean();
        on.main()
                .answerEach(attempt -> attempt.key().equals("bad") && !mended.get()
                        ? new Outcome.Refused("no such user")
                        : new Outcome.Done("ref"));
        Courier courier = on.start();
        on.plan(note("bad", "a"), note("good", "a"));

        on.awaitState("good", Delivery.State.DONE);
        assertThat(on.stored("bad").state()).isEqualTo(Delivery.State.PARKED);
        mended.set(true);
        assertThat(courier.retry(on.stored("bad").id())).isTrue();
        on.awaitState("bad", Delivery.State.DONE);
        assertThat(courier.retry(on.stored("bad").id())).as("done").isFalse();
        assertThat(courier.retry(999)).as("unknown").isFalse();
    }

    @Test
    void allParkedDeliveriesCanBeTriedAgainAtOnce() {
        on.main().answerEach(attempt -> attempt.number() == 1 ? new Outcome.Refused("no") : new Outcome.Done("ref"));
        on.planNotes("main", 30);
        Courier courier = on.start();

        on.awaitCount("main", Delivery.State.PARKED, 30);
        assertThat(courier.retryAll()).isEqualTo(30);
        on.awaitCount("main", Delivery.State.DONE, 30);
    }

    @Test
    void whileADeliveryIsTriedTheDiskSaysThatItMayBeDone() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        on.main().answer(attempts -> {
            asked.countDown();
            awaitQuietly(answer);
            return ScriptedCrm.allDone(attempts);
        });
        on.start(builder -> builder, on.main());
        on.plan(note("k", "a"));
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(on.stored("k").lookFirst()).isTrue();
        assertThat(on.stored("k").attempts()).as("counted when it failed").isZero();
        assertThat(on.stored("k").state()).isEqualTo(Delivery.State.PENDING);

        // What the process that is started after a kill does.
        ScriptedCrm next = new ScriptedCrm("main");
        on.start(builder -> builder, next);
        on.awaitState("k", Delivery.State.DONE);
        assertThat(next.attempts("k")).extracting(Attempt::lookFirst).containsExactly(true);
        assertThat(next.attempts("k")).extracting(Attempt::number).containsExactly(1);
        answer.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody let it go on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void behindALongBacklogTheNewestDoesNotWaitForAllOfIt() {
        on.planNotes("main", 400);
        CountDownLatch started = new CountDownLatch(1);
        on.main().answer(attempts -> {
            awaitQuietly(started);
            return ScriptedCrm.allDone(attempts);
        });
        on.start(builder -> builder.batchSize(5).together(1));
        on.plan(note("now", "of now"));
        started.countDown();

        on.awaitCount("main", Delivery.State.DONE, 401);
        assertThat(on.main().keys().indexOf("now")).isLessThan(20);
        assertThat(on.main().keys().indexOf("n0")).isLessThan(20);
    }

    @Test
    void nothingNewIsTakenWhilePaused() {
        Courier courier = on.start();
        courier.pauseAll();
        on.plan(note("k", "a"));
        on.plan(CourierFixture.note("main", "x", "b", null));
        courier.wake("main");
        assertThat(on.stored("k").attempts()).isZero();
        courier.resumeAll();
        on.awaitState("k", Delivery.State.DONE);
        on.awaitState("x", Delivery.State.DONE);
    }

    @Test
    void whoListensIsToldWhatBecameOfEachAttemptOnceItIsOnDisk() {
        Set<String> told = ConcurrentHashMap.newKeySet();
        on.start(builder -> builder.listener(delivery -> {
            if (on.stored(delivery.key()).equals(delivery)) {
                told.add(delivery.key() + " " + delivery.ref());
            }
            throw new IllegalStateException("a listener that fails");
        }));
        on.plan(note("k", "a"));
        on.plan(note("l", "a"));
        await().untilAsserted(() -> assertThat(told).containsExactlyInAnyOrder("k ref-k", "l ref-l"));
    }

    @Test
    void whatIsOnItsWayIsFinishedBeforeTheCourierIsClosed() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        on.main().answer(attempts -> {
            asked.countDown();
            awaitQuietly(answer);
            return ScriptedCrm.allDone(attempts);
        });
        Courier courier = on.start();
        on.plan(note("k", "a"));
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        Thread closing = new Thread(courier::close);
        closing.start();
        answer.countDown();
        closing.join(30_000);
        assertThat(on.stored("k").state()).isEqualTo(Delivery.State.DONE);
    }
}
