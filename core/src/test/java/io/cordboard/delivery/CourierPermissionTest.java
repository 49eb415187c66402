// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Health;
import io.cordboard.connector.Reason;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An account to which a person has to give the permission again. */
class CourierPermissionTest {
    private static final Health NEEDS_PERSON = new Health(Health.Status.REAUTHORISE, "install the app again");
    private static final int CALLS = 40;

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

    /** Refuses in one of the ways in which connectors say that a person is needed. */
    private void refuse(String how) {
        on.main().says(how.equals("thrown, and the connector does not know") ? Health.UP : NEEDS_PERSON);
        on.main().answer(attempts -> switch (how) {
            case "each write" -> all(attempts, new Outcome.Reauthorise("the permission is gone"));
            case "each write, only to be tried again" ->
                all(attempts, new Outcome.Retry(null, "the permission is gone"));
            default -> throw new ConnectorException(Reason.REAUTHORISE, "the permission is gone");
        });
    }

    private static List<Outcome> all(List<Attempt<?>> attempts, Outcome outcome) {
        return attempts.stream().map(attempt -> outcome).toList();
    }

    private void planCalls() {
        Delivery[] calls = new Delivery[2 * CALLS];
        for (int i = 0; i < CALLS; i++) {
            calls[2 * i] = CourierFixture.note("main", "first" + i, "lane " + i, null);
            calls[2 * i + 1] = CourierFixture.note("main", "second" + i, "lane " + i, null);
        }
        on.plan(calls);
    }

    private Courier.Status status(Courier courier) {
        return courier.status("main").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "each write",
                "each write, only to be tried again",
                "thrown",
                "thrown, and the connector does not know"
            })
    void howeverLongItTakesNothingIsParkedOrLostAndAllGoesInOrderAfterwards(String how) {
        refuse(how);
        Courier courier = on.start(builder -> builder.batchSize(5));
        planCalls();
        await().until(() -> status(courier).breaker() == Courier.Breaker.UNAUTHORISED);
        int askedAtFirst = on.main().asked().size();
        for (int day = 0; day < 30; day++) {
            on.advance(Duration.ofDays(1));
            int asked = askedAtFirst + day;
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> on.main().asked().size() > asked);
        }
        assertThat(on.main().asked()).as("one is tried from time to time").hasSizeLessThan(askedAtFirst + 40);
        assertThat(status(courier).pending()).isEqualTo(2 * CALLS);
        assertThat(status(courier).parked()).isZero();
        assertThat(status(courier).breaker()).isEqualTo(Courier.Breaker.UNAUTHORISED);
        assertThat(status(courier).lastError()).contains("permission is gone");
        on.planNotes("other", 10);
        on.awaitCount("other", Delivery.State.DONE, 10);

        // The first answer after a month is a fault of another kind: it is no reason to give up.
        AtomicInteger answers = new AtomicInteger();
        List<String> done = new ArrayList<>();
        on.main().answer(attempts -> {
            if (answers.getAndIncrement() == 0) {
                return all(attempts, new Outcome.Retry(Duration.ZERO, "busy"));
            }
            synchronized (done) {
                attempts.forEach(attempt -> done.add(attempt.key()));
            }
            return ScriptedCrm.allDone(attempts);
        });
        on.main().says(Health.UP);
        on.advance(Duration.ofMinutes(6));

        on.awaitCount("main", Delivery.State.DONE, 2 * CALLS);
        assertThat(status(courier).parked()).isZero();
        assertThat(done).doesNotHaveDuplicates().hasSize(2 * CALLS);
        for (int i = 0; i < CALLS; i++) {
            assertThat(done.indexOf("first" + i)).isLessThan(done.indexOf("second" + i));
        }
        assertThat(status(courier).breaker()).isEqualTo(Courier.Breaker.CLOSED);
        assertThat(status(courier).lastError()).isNull();
    }

    @Test
    void itGoesOnByItselfAsSoonAsTheConnectorSaysThatItIsAuthorised() {
        refuse("each write");
        Courier courier = on.start();
        on.planNotes("main", 10);
        await().until(() -> status(courier).breaker() == Courier.Breaker.UNAUTHORISED);

        on.main().answer(ScriptedCrm::allDone);
        on.main().says(Health.UP);
        on.awaitCount("main", Delivery.State.DONE, 10);
        assertThat(on.store().outbox().list(null, 10)).allMatch(delivery -> delivery.attempts() == 1);
    }

    @Test
    void aWriteThatNeedsAPersonAloneKeepsNoOtherBack() {
        on.main()
                .answerEach(attempt -> attempt.key().equals("n3")
                        ? new Outcome.Reauthorise("this one only")
                        : new Outcome.Done("ref"));
        Courier courier = on.start();
        on.planNotes("main", 10);
        on.awaitCount("main", Delivery.State.DONE, 9);
        await().until(() -> on.stored("n3").reason() != null);
        on.advance(Duration.ofDays(30));
        await().until(() -> on.main().attempts("n3").size() > 1);
        assertThat(on.stored("n3").state()).isEqualTo(Delivery.State.PENDING);
        assertThat(status(courier).parked()).isZero();
    }

    @Test
    void aDeliveryThatIsTriedAgainByAPersonAfterItsSevenDaysHasSevenNewOnes() {
        on.main().answer(attempts -> all(attempts, new Outcome.Retry(null, "busy")));
        Courier courier = on.start();
        on.plan(CourierFixture.note("main", "k", "a", null));
        await().until(() -> on.stored("k").reason() != null);
        on.advance(Duration.ofDays(8));
        on.awaitState("k", Delivery.State.PARKED);

        assertThat(courier.retry(on.stored("k").id())).isTrue();
        await().until(() -> on.stored("k").attempts() == 3);
        assertThat(on.stored("k").state()).isEqualTo(Delivery.State.PENDING);
        on.advance(Duration.ofDays(6));
        await().until(() -> on.stored("k").attempts() == 4);
        assertThat(on.stored("k").state()).isEqualTo(Delivery.State.PENDING);
        on.advance(Duration.ofDays(1));
        on.awaitState("k", Delivery.State.PARKED);
    }
}
