// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite.OpenTicket;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.TicketDesk;
import io.cordboard.testkit.contract.CrmUnderTest.Write;
import io.cordboard.ticket.Priority;
import io.cordboard.ticket.TicketDraft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left to do is opened once. */
public interface TicketDeskContract extends CrmContract {
    private OpenTicket ticket(int call, String title) {
        ContactRef contact =
                crm().hasContact("Anna", List.of(Writes.customer(call).e164()), crm().user());
        TicketDraft draft = new TicketDraft(
                title, "Call back", Priority.HIGH, crm().colleague(), null, Instant.parse("2026-11-23T09:00:00Z"));
        return new OpenTicket(Writes.call(call), draft, contact, Writes.customer(call));
    }

    private Engine<OpenTicket> engine(OpenTicket write) {
        return new Engine<>(
                write,
                "ticket/" + write.call(),
                attempt -> role(TicketDesk.class).open(List.of(attempt)).get(0));
    }

    /** A ticket is opened for the right person. */
    @Test
    default void ticketIsOpenedForTheRightPerson() {
        Outcome outcome = engine(ticket(1, "Missed call 1")).untilSettled();

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(crm().tickets("Missed call 1")).containsExactly(crm().colleague());
    }

    /** The same write twice is one ticket. */
    @Test
    default void sameTicketTwiceIsOneTicket() {
        OpenTicket write = ticket(2, "Missed call 2");
        engine(write).untilSettled();
        crm().restart();
        Outcome again = engine(write).untilSettled();

        assertThat(again).isInstanceOf(Outcome.Done.class);
        assertThat(crm().tickets("Missed call 2")).hasSize(1);
    }

    /** A lost answer, at any step, leaves one ticket, even when the process dies then. */
    @Test
    default void lostAnswerLeavesOneTicket() {
        int call = 10;
        for (String step : crm().stepsOf(Write.TICKET)) {
            call++;
            OpenTicket write = ticket(call, "Missed call " + call);
            crm().losesAnswers(1, step);
            engine(write).once();
            crm().isWell();
            crm().restart();
            Outcome outcome = engine(write).afterCrash().untilSettled();

            assertThat(outcome).as(step).isInstanceOf(Outcome.Done.class);
            assertThat(crm().tickets("Missed call " + call)).as(step).hasSize(1);
        }
        assertThat(crm().answersLost()).as("answers that were lost").isPositive();
    }

    /** An outage is waited out. */
    @Test
    default void outageIsWaitedOut() {
        Engine<OpenTicket> engine = engine(ticket(3, "Missed call 3"));
        crm().isDown();
        assertTriedAgain(engine.once());
        crm().isWell();

        assertThat(engine.untilSettled()).isInstanceOf(Outcome.Done.class);
        assertThat(crm().tickets("Missed call 3")).hasSize(1);
    }

    /** Many tickets at once: an outcome for each. */
    @Test
    default void manyTicketsAreOpened() {
        List<Attempt<OpenTicket>> attempts = new ArrayList<>();
        for (int call = 100; call < 160; call++) {
            OpenTicket write = ticket(call, "Missed call " + call);
            attempts.add(new Attempt<>(write, "ticket/" + write.call(), 1, false));
        }
        List<Outcome> outcomes = role(TicketDesk.class).open(attempts);

        assertThat(outcomes).hasSize(60).allMatch(Outcome.Done.class::isInstance);
        for (int call = 100; call < 160; call++) {
            assertThat(crm().tickets("Missed call " + call)).hasSize(1);
        }
    }
}
