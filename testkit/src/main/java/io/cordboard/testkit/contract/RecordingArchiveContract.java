// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cordboard.call.Recording;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CrmWrite.AttachRecording;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.RecordingArchive;
import io.cordboard.pbx.Recordings;
import io.cordboard.testkit.contract.CrmUnderTest.Write;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The recording goes to the record of its call. */
public interface RecordingArchiveContract extends CrmContract {
    private static byte[] sound(int seed) {
        byte[] bytes = new byte[100_000];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private Engine<AttachRecording> engine(int call, Recordings.Ready file) {
        AttachRecording write = new AttachRecording(Writes.call(call), new Recording(call + ".mp3", null));
        return new Engine<>(
                write,
                "recording/" + write.call(),
                attempt -> role(RecordingArchive.class).attach(attempt, file));
    }

    private Recordings.Ready file(int call) {
        byte[] bytes = sound(call);
        crm().publish(call + ".mp3", bytes);
        return new Recordings.Ready(call + ".mp3", bytes.length, null, () -> new ByteArrayInputStream(bytes));
    }

    private void logged(int call) {
        Attempt<io.cordboard.crm.CrmWrite.LogCall> attempt =
                new Attempt<>(Writes.answered(call, crm().user()), "log/" + call, 1, false);
        assertThat(role(CallLog.class).log(List.of(attempt)).get(0)).isInstanceOf(Outcome.Done.class);
    }

    private void assertRecorded(int call) {
        assertThat(crm().records(Writes.customer(call)))
                .singleElement()
                .satisfies(record -> assertThat(record.recording()).isEqualTo(sound(call)));
    }

    /** Every byte of the recording arrives. */
    @Test
    default void everyByteArrives() {
        logged(1);
        Outcome outcome = engine(1, file(1)).untilSettled();

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertRecorded(1);
    }

    /** A recording that comes before the record of its call waits for it. */
    @Test
    default void recordingWaitsForTheRecord() {
        Engine<AttachRecording> engine = engine(2, file(2));
        assertThat(engine.once()).isInstanceOf(Outcome.Retry.class);
        logged(2);

        assertThat(engine.untilSettled()).isInstanceOf(Outcome.Done.class);
        assertRecorded(2);
    }

    /** A lost answer, at any step, leaves the recording there once, even when the process dies then. */
    @Test
    default void lostAnswerLeavesTheRecording() {
        int call = 10;
        for (String step : crm().stepsOf(Write.RECORDING)) {
            call++;
            logged(call);
            crm().losesAnswers(1, step);
            engine(call, file(call)).once();
            crm().isWell();
            crm().restart();
            Outcome outcome = engine(call, file(call)).afterCrash().untilSettled();

            assertThat(outcome).as(step).isInstanceOf(Outcome.Done.class);
            assertRecorded(call);
        }
        assertThat(crm().answersLost()).as("answers that were lost").isPositive();
    }

    /** A recording that cannot be read is tried again; nothing broken is attached. */
    @Test
    default void unreadableRecordingIsTriedAgain() {
        assumeTrue(crm().keepsRecordings(), "the vendor keeps the address of a recording, not its bytes");
        logged(3);
        Recordings.Ready broken = new Recordings.Ready("3.mp3", 100_000, null, () -> {
            throw new IOException("the file is gone for a moment");
        });
        assertTriedAgain(engine(3, broken).once());
        engine(3, file(3)).untilSettled();

        assertRecorded(3);
    }
}
