// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.call.CallId;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.pbx.Recordings;
import io.cordboard.ticket.Priority;
import io.cordboard.ticket.TicketDraft;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CourierTroubleTest {
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

    private void fail(Reason reason) {
        on.main().answer(attempts -> {
            throw new ConnectorException(reason, "the CRM said " + reason);
        });
    }

    @Test
    void anAccountThatIsDownIsLeftAloneAndDoesNotDelayAnother() {
        fail(Reason.UNAVAILABLE);
        Courier courier = on.start(builder -> builder.batchSize(1));
        on.planNotes("main", 100);
        on.planNotes("other", 100);

        on.awaitCount("other", Delivery.State.DONE, 100);
        await().until(() -> courier.status("main").orElseThrow().breaker() != Courier.Breaker.CLOSED);
        assertThat(courier.status("main").orElseThrow().lastError()).contains("UNAVAILABLE");
        assertThat(courier.status("main").orElseThrow().pending()).isEqualTo(100);
        assertThat(courier.status("other").orElseThrow().breaker()).isEqualTo(Courier.Breaker.CLOSED);
        assertThat(on.main().asked()).as("asked a few times only").hasSizeLessThan(50);

        on.main().answer(ScriptedCrm::allDone);
        on.advance(Duration.ofMinutes(20));
        on.awaitCount("main", Delivery.State.DONE, 100);
        assertThat(courier.status("main").orElseThrow().breaker()).isEqualTo(Courier.Breaker.CLOSED);
        assertThat(courier.status("main").orElseThrow().lastError()).isNull();
    }

    @Test
    void anAccountThatMayBeBackIsTriedWithOneDelivery() {
        fail(Reason.UNAVAILABLE);
        Courier courier = on.start(builder -> builder.batchSize(10).together(1));
        on.planNotes("main", 200);
        await().until(() -> on.main().asked().size() > 6);
        on.main().answer(ScriptedCrm::allDone);
        on.advance(Duration.ofMinutes(20));

        on.awaitCount("main", Delivery.State.DONE, 200);
        List<Integer> sizes = on.main().asked().stream().map(List::size).toList();
        assertThat(sizes.subList(0, 4)).as("until it was shut").containsOnly(10);
        assertThat(sizes.subList(4, 6)).as("to see whether it is back").containsOnly(1);
        assertThat(sizes.get(sizes.size() - 1)).as("when it was back").isGreaterThan(1);
        assertThat(courier.status("main").orElseThrow().breaker()).isEqualTo(Courier.Breaker.CLOSED);
    }

    @Test
    void whatWaitsForItsTimeGoesWhenTheAccountIsBackAfterALongAbsence() {
        fail(Reason.UNAVAILABLE);
        Courier courier = on.start(builder -> builder.batchSize(1));
        on.planNotes("main", 6);
        await().until(() -> courier.status("main").orElseThrow().breaker() != Courier.Breaker.CLOSED);
        for (int minute = 0; minute < 60; minute++) {
            int before = on.main().asked().size();
            on.advance(Duration.ofMinutes(1));
            if (anyIsDue()) {
                await().until(() -> on.main().asked().size() > before);
            }
        }
        await().until(() -> !anyIsDue());
        assertThat(on.store().outbox().nextDue("main").orElseThrow())
                .isAfter(on.clock().instant());

        on.main().answer(ScriptedCrm::allDone);
        on.plan(note("now", "lane of now"));
        on.awaitCount("main", Delivery.State.DONE, 7);
    }

    private boolean anyIsDue() {
        return !on.store().outbox().due("main", on.clock().instant(), 1).isEmpty();
    }

    @Test
    void aFewThatFailForThemselvesWaitTheirTimeAlthoughOthersAreDone() {
        on.main()
                .answerEach(attempt ->
                        attempt.key().startsWith("n") ? new Outcome.Retry(null, "busy") : new Outcome.Done("ref"));
        Courier courier = on.start(builder -> builder.batchSize(1));
        on.planNotes("main", 4);
        await().until(() -> courier.status("main").orElseThrow().breaker() != Courier.Breaker.CLOSED);
        await().until(() -> !anyIsDue());
        Instant next = on.store().outbox().nextDue("main").orElseThrow();
        on.plan(note("other", "another lane"));
        on.awaitState("other", Delivery.State.DONE);
        await().until(() -> courier.status("main").orElseThrow().breaker() == Courier.Breaker.CLOSED);
        on.wake();
        on.plan(note("third", "a third lane"));
        on.awaitState("third", Delivery.State.DONE);
        assertThat(on.store().outbox().nextDue("main")).contains(next);
    }

    @Test
    void aRestartTriesWhatWaitsAtOnce() {
        fail(Reason.UNAVAILABLE);
        Courier first = on.start();
        on.plan(note("k", "a"));
        await().until(() -> on.stored("k").attempts() == 1);
        first.close();
        on.main().answer(ScriptedCrm::allDone);
        on.start();
        on.awaitState("k", Delivery.State.DONE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"FORBIDDEN", "REFUSED", "NOT_FOUND"})
    void whatTheVendorRefusesIsParked(Reason reason) {
        fail(reason);
        on.start();
        on.plan(note("k", "a"));
        on.awaitState("k", Delivery.State.PARKED);
        assertThat(on.stored("k").reason()).isEqualTo("the CRM said " + reason);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"UNAVAILABLE", "RATE_LIMITED", "UNCLEAR"})
    void whatMayWorkLaterIsTriedLaterAndLookedForWhenItMayBeDone(Reason reason) {
        fail(reason);
        on.start();
        on.plan(note("k", "a"));
        await().until(() -> on.stored("k").reason() != null);
        assertThat(on.stored("k").state()).isEqualTo(Delivery.State.PENDING);
        assertThat(on.stored("k").nextAt()).isAfter(CourierFixture.T0);
        assertThat(on.stored("k").lookFirst()).isEqualTo(reason == Reason.UNCLEAR);
    }

    @Test
    void theVendorsOwnWaitIsKept() {
        on.main().answer(attempts -> {
            throw new ConnectorException(Reason.RATE_LIMITED, "too much", Duration.ofSeconds(42), null);
        });
        on.start();
        on.plan(note("k", "a"));
        await().until(() -> on.stored("k").reason() != null);
        assertThat(on.stored("k").nextAt()).isEqualTo(CourierFixture.T0.plusSeconds(42));
    }

    @Test
    void aConnectorThatFailsInAnUnforeseenWayMayHaveWritten() {
        on.main().answer(attempts -> {
            throw new IllegalStateException("a bug");
        });
        on.start();
        on.plan(note("k", "a"));
        await().until(() -> on.stored("k").reason() != null);
        assertThat(on.stored("k").lookFirst()).isTrue();
        assertThat(on.stored("k").reason()).contains("IllegalStateException");
    }

    @Test
    void aConnectorThatAnswersTooLittleMayHaveWrittenEverything() {
        on.main().answer(attempts -> List.of(new Outcome.Done("one")));
        on.planNotes("main", 3);
        on.start();
        await().until(() -> on.stored("n2").reason() != null);
        assertThat(on.stored("n0").lookFirst()).isTrue();
        assertThat(on.stored("n0").state()).isEqualTo(Delivery.State.PENDING);
    }

    @Test
    void whatAnAccountCannotDoIsParkedAndSaysSo() {
        on.start();
        CrmWrite ticket = new CrmWrite.OpenTicket(
                new CallId("hq", "a"), new TicketDraft("call back", "", Priority.HIGH, null, null, null), null, null);
        on.plan(Delivery.planned("main", "k", "a", null, ticket, CourierFixture.T0));
        on.awaitState("k", Delivery.State.PARKED);
        assertThat(on.stored("k").reason()).contains("main cannot take tickets");
    }

    @Test
    void afterSevenDaysOfTryingItIsParked() {
        fail(Reason.UNAVAILABLE);
        on.start();
        on.plan(note("k", "a"));
        await().until(() -> on.stored("k").reason() != null);
        on.advance(Duration.ofDays(7));
        on.awaitState("k", Delivery.State.PARKED);
        assertThat(on.stored("k").reason()).contains("7 days").contains("UNAVAILABLE");
    }

    @Test
    void whatWaitsForAPermissionWaitsAsLongAsItTakes() {
        fail(Reason.REAUTHORISE);
        on.start();
        on.plan(note("k", "a"));
        await().until(() -> on.stored("k").reason() != null);
        on.advance(Duration.ofDays(9));
        await().until(() -> on.main().asked().size() == 2);
        await().until(() -> on.stored("k").attempts() == 0);
        assertThat(on.stored("k").state()).isEqualTo(Delivery.State.PENDING);
        assertThat(on.stored("k").attempts()).isZero();

        on.main().answer(ScriptedCrm::allDone);
        on.advance(Duration.ofMinutes(10));
        on.awaitState("k", Delivery.State.DONE);
    }

    @Test
    void aRecordingIsAttachedWhenThePbxHasItAndWaitingForItIsNoAttempt() {
        AtomicReference<Recordings.Answer> answer =
                new AtomicReference<>(new Recordings.NotYet(Duration.ofSeconds(30)));
        on.start(builder -> builder.recordings((call, recording) -> answer.get()));
        on.plan(CourierFixture.recording("r", "a"));

        await().until(() -> on.stored("r").nextAt().equals(CourierFixture.T0.plusSeconds(30)));
        assertThat(on.stored("r").attempts()).isZero();
        assertThat(on.stored("r").lookFirst()).isFalse();
        assertThat(on.main().asked()).isEmpty();

        answer.set(new Recordings.Ready("r.mp3", 3, null, () -> new ByteArrayInputStream(new byte[2])));
        on.advance(Duration.ofSeconds(30));
        await().until(() -> on.stored("r").attempts() == 1);
        assertThat(on.stored("r").state()).isEqualTo(Delivery.State.PENDING);
        assertThat(on.stored("r").reason()).contains("only 2 bytes");

        answer.set(new Recordings.Ready("r.mp3", 3, null, () -> new ByteArrayInputStream(new byte[3])));
        on.advance(Duration.ofSeconds(30));
        on.awaitState("r", Delivery.State.DONE);
        assertThat(on.stored("r").attempts()).isEqualTo(2);
        assertThat(on.stored("r").reason()).startsWith("3 bytes, SHA-256 ");
    }

    @Test
    void aRecordingThatIsGoneIsParkedAndOneThatNeverComesIsParkedAfterSevenDays() {
        AtomicReference<Recordings.Answer> answer = new AtomicReference<>(new Recordings.Gone("It was deleted."));
        on.start(builder -> builder.recordings((call, recording) -> answer.get()));
        on.plan(CourierFixture.recording("gone", "a"));
        on.awaitState("gone", Delivery.State.PARKED);
        assertThat(on.stored("gone").reason()).isEqualTo("It was deleted.");

        answer.set(new Recordings.NotYet(Duration.ofHours(1)));
        on.plan(CourierFixture.recording("never", "b"));
        await().until(() -> on.stored("never").reason() != null);
        on.advance(Duration.ofDays(7));
        on.awaitState("never", Delivery.State.PARKED);
    }

    @Test
    void aPbxThatIsDownDoesNotShutTheCrmOut() {
        Courier courier = on.start(builder -> builder.recordings((call, recording) -> {
            throw new ConnectorException(Reason.UNAVAILABLE, "the PBX is down");
        }));
        for (int i = 0; i < 10; i++) {
            on.plan(CourierFixture.recording("r" + i, "lane " + i));
        }
        await().until(() -> on.store().outbox().list(Delivery.State.PENDING, 99).stream()
                .allMatch(delivery -> delivery.reason() != null));
        assertThat(courier.status("main").orElseThrow().breaker()).isEqualTo(Courier.Breaker.CLOSED);
        on.plan(note("k", "a"));
        on.awaitState("k", Delivery.State.DONE);
    }
}
