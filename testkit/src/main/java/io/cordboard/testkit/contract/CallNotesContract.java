// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CallNotes;
import io.cordboard.crm.CrmWrite.AddNote;
import io.cordboard.crm.Outcome;
import io.cordboard.testkit.contract.CrmUnderTest.Write;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the agent wrote about a call is kept once. */
public interface CallNotesContract extends CrmContract {
    private Engine<AddNote> engine(int call, String text) {
        AddNote write = new AddNote(Writes.call(call), text, "Call back", crm().user());
        return new Engine<>(
                write,
                "note/" + write.call(),
                attempt -> role(CallNotes.class).add(List.of(attempt)).get(0));
    }

    private void logged(int call) {
        ContactRef anna = crm().hasContact("Anna", List.of(Writes.customer(call).e164()), crm().user());
        Attempt<io.cordboard.crm.CrmWrite.LogCall> attempt =
                new Attempt<>(Writes.of(call, crm().user(), anna, 0), "log/" + call, 1, false);
        assertThat(role(CallLog.class).log(List.of(attempt)).get(0)).isInstanceOf(Outcome.Done.class);
    }

    /** A note is kept. */
    @Test
    default void noteIsKept() {
        logged(1);
        Outcome outcome = engine(1, "wants a red one").untilSettled();

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(crm().notes("wants a red one")).isEqualTo(1);
    }

    /** A lost answer, at any step, leaves one note, even when the process dies then. */
    @Test
    default void lostAnswerLeavesOneNote() {
        int call = 10;
        for (String step : crm().stepsOf(Write.NOTE)) {
            call++;
            logged(call);
            String text = "text number " + call;
            crm().losesAnswers(1, step);
            engine(call, text).once();
            crm().isWell();
            crm().restart();
            Outcome outcome = engine(call, text).afterCrash().untilSettled();

            assertThat(outcome).as(step).isInstanceOf(Outcome.Done.class);
            assertThat(crm().notes(text)).as(step).isEqualTo(1);
        }
        assertThat(crm().answersLost()).as("answers that were lost").isPositive();
    }
}
