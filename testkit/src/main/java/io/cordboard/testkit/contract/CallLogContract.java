// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CrmWrite.LogCall;
import io.cordboard.crm.Outcome;
import io.cordboard.testkit.contract.CrmUnderTest.CallRecord;
import io.cordboard.testkit.contract.CrmUnderTest.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One call, one record: whatever happens on the way. */
public interface CallLogContract extends CrmContract {
    private Engine<LogCall> engine(LogCall write) {
        return new Engine<>(
                write,
                "log/" + write.call(),
                attempt -> role(CallLog.class).log(List.of(attempt)).get(0));
    }

    private void assertOneRecord(int call) {
        assertThat(crm().records(Writes.customer(call)))
                .as("records of call %s", call)
                .hasSize(1);
    }

    /** An answered call is one record with the right person and duration. */
    @Test
    default void answeredCallIsOneRecord() {
        Outcome outcome = engine(Writes.answered(1, crm().user())).once();

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(crm().records(Writes.customer(1))).singleElement().satisfies(record -> {
            assertThat(record.user()).isEqualTo(crm().user());
            assertThat(record.answered()).isTrue();
            assertThat(record.connected()).isEqualTo(Duration.ofSeconds(95));
        });
    }

    /** A missed call is one missed call, on whom it was meant for. */
    @Test
    default void missedCallIsOneMissedCallOfTheRightPerson() {
        engine(Writes.missed(2, crm().colleague())).untilSettled();

        assertThat(crm().records(Writes.customer(2))).singleElement().satisfies(record -> {
            assertThat(record.answered()).isFalse();
            assertThat(record.user()).isEqualTo(crm().colleague());
            assertThat(record.connected()).isZero();
        });
    }

    /** The record belongs to the contact whose call it is. */
    @Test
    default void recordBelongsToTheContact() {
        ContactRef anna = crm().hasContact("Anna", List.of(Writes.customer(3).e164()), crm().user());
        engine(Writes.of(3, crm().user(), anna, 0)).untilSettled();

        assertThat(crm().records(Writes.customer(3)))
                .singleElement()
                .extracting(CallRecord::contact)
                .isEqualTo(anna);
    }

    /** The same write twice is one record. */
    @Test
    default void sameWriteTwiceIsOneRecord() {
        engine(Writes.answered(4, crm().user())).untilSettled();
        Outcome again = engine(Writes.answered(4, crm().user())).once();

        assertThat(again).isInstanceOf(Outcome.Done.class);
        assertOneRecord(4);
    }

    /** A lost answer, at any step, leaves one record. */
    @Test
    default void lostAnswerLeavesOneRecord() {
        int call = 10;
        for (String step : crm().stepsOf(Write.CALL)) {
            call++;
            crm().losesAnswers(1, step);
            Outcome outcome = engine(Writes.answered(call, crm().user())).untilSettled();
            crm().isWell();

            assertThat(outcome).as(step).isInstanceOf(Outcome.Done.class);
            assertOneRecord(call);
        }
        assertThat(crm().answersLost()).as("answers that were lost").isPositive();
    }

    /** An answer that breaks off, at any step, leaves one record. */
    @Test
    default void halfAnAnswerLeavesOneRecord() {
        int call = 20;
        for (String step : crm().stepsOf(Write.CALL)) {
            call++;
            crm().breaksAnswers(1, step);
            Outcome outcome = engine(Writes.answered(call, crm().user())).untilSettled();
            crm().isWell();

            assertThat(outcome).as(step).isInstanceOf(Outcome.Done.class);
            assertOneRecord(call);
        }
        assertThat(crm().answersLost()).as("answers that were lost").isPositive();
    }

    /** A process that dies after a lost answer, at any step, leaves one record. */
    @Test
    default void crashAfterALostAnswerLeavesOneRecord() {
        int call = 30;
        for (String step : crm().stepsOf(Write.CALL)) {
            call++;
            LogCall write = Writes.answered(call, crm().user());
            crm().losesAnswers(1, step);
            engine(write).once();
            crm().isWell();
            crm().restart();
            Outcome outcome = engine(write).afterCrash().untilSettled();

            assertThat(outcome).as(step).isInstanceOf(Outcome.Done.class);
            assertOneRecord(call);
        }
        assertThat(crm().answersLost()).as("answers that were lost").isPositive();
    }

    /** A process that dies with every answer lost, and forgets that it tried, leaves one record all the same. */
    @Test
    default void crashBeforeTheOutcomeWasKeptLeavesOneRecord() {
        LogCall write = Writes.answered(40, crm().user());
        engine(write).untilSettled();
        crm().restart();
        Outcome outcome = engine(write).untilSettled();

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertOneRecord(40);
    }

    /** While the vendor is down, nothing is given up and nothing is said to be done. */
    @Test
    default void outageIsWaitedOut() {
        Engine<LogCall> engine = engine(Writes.answered(41, crm().user()));
        crm().isDown();
        assertTriedAgain(engine.once());
        assertTriedAgain(engine.once());
        crm().isWell();

        assertThat(engine.untilSettled()).isInstanceOf(Outcome.Done.class);
        assertOneRecord(41);
    }

    /** While there are too many requests, nothing is given up. */
    @Test
    default void rateLimitIsWaitedOut() {
        Engine<LogCall> engine = engine(Writes.answered(42, crm().user()));
        crm().isRateLimited();
        assertThat(engine.once()).isInstanceOf(Outcome.Retry.class);
        crm().isWell();

        assertThat(engine.untilSettled()).isInstanceOf(Outcome.Done.class);
        assertOneRecord(42);
    }

    /** A page for people instead of an answer is no reason to give up. */
    @Test
    default void pageInsteadOfAnAnswerIsWaitedOut() {
        Engine<LogCall> engine = engine(Writes.answered(43, crm().user()));
        crm().answersWithPages();
        assertTriedAgain(engine.once());
        crm().isWell();

        assertThat(engine.untilSettled()).isInstanceOf(Outcome.Done.class);
        assertOneRecord(43);
    }

    /** A token that is no longer valid loses nothing. */
    @Test
    default void expiredTokenLosesNothing() {
        crm().expiresToken();
        Outcome outcome = engine(Writes.answered(44, crm().user())).untilSettled();

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertOneRecord(44);
    }

    /** A token that stops to be valid in the middle of many calls loses none of them. */
    @Test
    default void tokenThatExpiresMidwayLosesNothing() {
        List<LogCall> writes = new ArrayList<>();
        for (int call = 100; call < 110; call++) {
            writes.add(Writes.answered(call, crm().user()));
        }
        crm().expiresTokenMidway();
        role(CallLog.class).log(attempts(writes));
        crm().isWell();
        for (LogCall write : writes) {
            assertThat(engine(write).afterCrash().untilSettled()).isInstanceOf(Outcome.Done.class);
        }

        for (int call = 100; call < 110; call++) {
            assertOneRecord(call);
        }
    }

    /** Many calls at once: an outcome for each, in their order, and a record of each. */
    @Test
    default void manyCallsAreManyRecords() {
        List<LogCall> writes = new ArrayList<>();
        for (int call = 200; call < 320; call++) {
            writes.add(Writes.answered(call, crm().user()));
        }
        List<Outcome> outcomes = role(CallLog.class).log(attempts(writes));

        assertThat(outcomes).hasSize(120).allMatch(Outcome.Done.class::isInstance);
        assertThat(outcomes).doesNotHaveDuplicates();
        for (int call = 200; call < 320; call++) {
            assertOneRecord(call);
        }
    }

    /** One call that cannot be written does not spoil the others. */
    @Test
    default void oneBadCallDoesNotSpoilTheOthers() {
        List<Outcome> outcomes = role(CallLog.class)
                .log(attempts(List.of(
                        Writes.answered(51, crm().user()),
                        Writes.answered(52, crm().nobody()),
                        Writes.answered(53, crm().colleague()))));

        assertThat(outcomes).hasSize(3);
        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Done.class);
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Done.class);
        assertOneRecord(51);
        assertThat(crm().records(Writes.customer(52))).hasSizeLessThan(2);
        assertOneRecord(53);
    }

    /** A later, truer record of the PBX changes the record and adds none. */
    @Test
    default void correctionChangesTheRecord() {
        ContactRef anna = crm().hasContact("Anna", List.of(Writes.customer(54).e164()), crm().user());
        engine(Writes.of(54, crm().user(), anna, 0)).untilSettled();
        LogCall corrected = Writes.of(54, crm().colleague(), anna, 1);
        Outcome outcome = new Engine<>(
                        corrected,
                        "log/" + corrected.call() + "/1",
                        attempt -> role(CallLog.class).log(List.of(attempt)).get(0))
                .untilSettled();

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(crm().records(Writes.customer(54)))
                .singleElement()
                .extracting(CallRecord::user)
                .isEqualTo(crm().colleague());
    }

    /** A call from a hidden number is recorded or refused, with a reason; it is no accident. */
    @Test
    default void hiddenNumberIsNoAccident() {
        Outcome outcome = engine(Writes.hidden(55, crm().user())).untilSettled();

        assertThat(outcome).isInstanceOfAny(Outcome.Done.class, Outcome.Refused.class);
    }

    private static List<Attempt<LogCall>> attempts(List<LogCall> writes) {
        return writes.stream()
                .map(write -> new Attempt<>(write, "log/" + write.call(), 1, false))
                .toList();
    }
}
