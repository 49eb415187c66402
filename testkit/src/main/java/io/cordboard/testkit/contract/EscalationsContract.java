// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite.Escalate;
import io.cordboard.crm.CrmWrite.OpenTicket;
import io.cordboard.crm.Escalations;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.TicketDesk;
import io.cordboard.testkit.contract.CrmUnderTest.TicketRecord;
import io.cordboard.testkit.contract.CrmUnderTest.Write;
import io.cordboard.ticket.Priority;
import io.cordboard.ticket.TicketDraft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A ticket is handed on once, and the next one knows why. */
public interface EscalationsContract extends CrmContract {
    private String opened(int call) {
        ContactRef contact =
                crm().hasContact("Anna", List.of(Writes.customer(call).e164()), crm().user());
        TicketDraft draft = new TicketDraft(
                "Missed call " + call,
                "Call back",
                Priority.HIGH,
                crm().user(),
                null,
                Instant.parse("2026-11-23T09:00:00Z"));
        OpenTicket write = new OpenTicket(Writes.call(call), draft, contact, Writes.customer(call));
        Outcome outcome = new Engine<>(
                        write,
                        "ticket/" + call,
                        attempt -> role(TicketDesk.class).open(List.of(attempt)).get(0))
                .untilSettled();
        assertThat(outcome).as("a ticket to hand on").isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) outcome).ref();
    }

    private static Escalate escalate(int call, String department) {
        return new Escalate(Writes.call(call), "ticket/" + call, department, note(call), null);
    }

    private static String note(int call) {
        return "is angry about call " + call + ".";
    }

    private Engine<Escalate> engine(int call, String ticket, String department) {
        return new Engine<>(
                escalate(call, department),
                "escalation/" + call,
                attempt -> role(Escalations.class)
                        .escalate(List.of(new Escalations.Step(attempt, ticket)))
                        .get(0));
    }

    private void assertHandedOnOnce(int call, String ticket, String what) {
        assertThat(crm().ticket(ticket)).as(what).hasValueSatisfying(there -> {
            assertThat(there.department()).as(what).isEqualTo(crm().department());
            assertThat(there.notes(note(call))).as(what).isEqualTo(1);
        });
    }

    /** A ticket goes on to a department, and the note with it. */
    @Test
    default void ticketIsHandedOn() {
        String ticket = opened(1);
        assertThat(crm().ticket(ticket)).map(TicketRecord::department).hasValue("");
        Outcome outcome = engine(1, ticket, crm().department()).untilSettled();

        assertThat(outcome).isEqualTo(new Outcome.Done(ticket));
        assertHandedOnOnce(1, ticket, "handed on");
    }

    /** The same write twice is one note, even when the process dies in between. */
    @Test
    default void sameHandingOnTwiceIsOne() {
        String ticket = opened(2);
        engine(2, ticket, crm().department()).untilSettled();
        crm().restart();
        Outcome again = engine(2, ticket, crm().department()).untilSettled();

        assertThat(again).isEqualTo(new Outcome.Done(ticket));
        assertHandedOnOnce(2, ticket, "twice");
    }

    /** A lost answer, at any step, leaves the ticket in the department with one note, even when the process dies. */
    @Test
    default void lostAnswerLeavesOneNote() {
        int call = 10;
        for (String step : crm().stepsOf(Write.ESCALATION)) {
            call++;
            String ticket = opened(call);
            crm().losesAnswers(1, step);
            engine(call, ticket, crm().department()).once();
            crm().isWell();
            crm().restart();
            Outcome outcome =
                    engine(call, ticket, crm().department()).afterCrash().untilSettled();

            assertThat(outcome).as(step).isEqualTo(new Outcome.Done(ticket));
            assertHandedOnOnce(call, ticket, step);
        }
        assertThat(crm().answersLost()).as("answers that were lost").isPositive();
    }

    /** A department that the CRM does not know is refused in words, and the ticket stays where it is. */
    @Test
    default void unknownDepartmentIsRefusedInWords() {
        String ticket = opened(3);
        Outcome outcome = engine(3, ticket, "Nowhere").untilSettled();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused ->
                                assertThat(refused.reason()).contains("Nowhere").contains("department"));
        assertThat(crm().ticket(ticket)).hasValueSatisfying(there -> {
            assertThat(there.department()).isEmpty();
            assertThat(there.notes(note(3))).isZero();
        });
    }

    /** A ticket that somebody removed is refused. */
    @Test
    default void removedTicketIsRefused() {
        String ticket = opened(4);
        crm().ticketVanishes(ticket);
        Outcome outcome = engine(4, ticket, crm().department()).untilSettled();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isNotBlank());
        assertThat(crm().notes(note(4))).isZero();
    }

    /** An outage is waited out. */
    @Test
    default void outageIsWaitedOut() {
        String ticket = opened(5);
        Engine<Escalate> engine = engine(5, ticket, crm().department());
        crm().isDown();
        assertTriedAgain(engine.once());
        crm().isWell();

        assertThat(engine.untilSettled()).isEqualTo(new Outcome.Done(ticket));
        assertHandedOnOnce(5, ticket, "after an outage");
    }

    /** Many at once: an outcome for each, and a fault of one does not spoil the others. */
    @Test
    default void manyTicketsAreHandedOn() {
        List<Escalations.Step> steps = new ArrayList<>();
        for (int call = 100; call < 160; call++) {
            Escalate write = escalate(call, call == 130 ? "Nowhere" : crm().department());
            steps.add(new Escalations.Step(new Attempt<>(write, "escalation/" + call, 1, false), opened(call)));
        }
        List<Outcome> outcomes = role(Escalations.class).escalate(steps);

        assertThat(outcomes).hasSize(60);
        for (int call = 100; call < 160; call++) {
            Outcome outcome = outcomes.get(call - 100);
            if (call == 130) {
                assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            } else {
                String ticket = steps.get(call - 100).ticket();
                assertThat(outcome).isEqualTo(new Outcome.Done(ticket));
                assertHandedOnOnce(call, ticket, "call " + call);
            }
        }
    }
}
