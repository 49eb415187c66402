// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.CallState;
import io.cordboard.call.Caller;
import io.cordboard.call.Correction;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.EndedBy;
import io.cordboard.call.Extension;
import io.cordboard.call.Leg;
import io.cordboard.call.LegEnd;
import io.cordboard.call.Party;
import io.cordboard.call.PbxRecord;
import io.cordboard.call.PhoneNumber;
import io.cordboard.call.Recording;
import io.cordboard.call.Transfer;
import io.cordboard.call.Why;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.contact.Match;
import io.cordboard.crm.CrmWrite;
import io.cordboard.delivery.Delivery;
import io.cordboard.playbook.CallCard;
import io.cordboard.playbook.Responsible;
import io.cordboard.ticket.Priority;
import io.cordboard.ticket.TicketDraft;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of everything that the store keeps. */
final class Samples {
    static final Instant T0 = Instant.parse("2026-11-22T10:00:00.123456789Z");
    static final Extension ANNA = new Extension("101");
    static final Extension BORIS = new Extension("102");
    static final PhoneNumber NUMBER = PhoneNumber.of("+79161234567");

    private Samples() {}

    static CallId id(String value) {
        return new CallId("hq", value);
    }

    static List<CallEvent> oneOfEach(CallId call) {
        Party anna = Party.agent(ANNA);
        PbxRecord record = new PbxRecord(
                "cdr",
                true,
                EndReason.COMPLETED,
                EndedBy.CUSTOMER,
                "16",
                T0,
                T0.plusSeconds(60),
                Duration.ofMillis(45_500),
                List.of(ANNA, BORIS),
                List.of(BORIS));
        return List.of(
                new CallEvent.Arrived(
                        call, T0, Direction.INBOUND, new Caller("89161234567", NUMBER), "74951", null, null),
                new CallEvent.Queued(call, T0.plusSeconds(1), "sales"),
                new CallEvent.LegRinging(call, T0.plusSeconds(2), "a", anna),
                new CallEvent.LegAnswered(call, T0.plusSeconds(3), "a", anna),
                new CallEvent.LegHeld(call, T0.plusSeconds(4), "a"),
                new CallEvent.LegResumed(call, T0.plusSeconds(5), "a"),
                new CallEvent.Consulted(call, T0.plusSeconds(6), ANNA, BORIS),
                new CallEvent.Transferred(call, T0.plusSeconds(7), Transfer.Kind.ATTENDED, ANNA, "102"),
                new CallEvent.LegEnded(call, T0.plusSeconds(8), "a", LegEnd.HUNG_UP, "16"),
                new CallEvent.RecordingAvailable(call, T0.plusSeconds(9), new Recording("r1.wav", null)),
                new CallEvent.Ended(call, T0.plusSeconds(10), EndReason.COMPLETED, EndedBy.AGENT, null),
                new CallEvent.Recorded(call, T0.plusSeconds(11), record),
                new CallEvent.Absorbed(call, T0.plusSeconds(12), id("other")),
                new CallEvent.Settled(call, T0.plusSeconds(13), false));
    }

    static CallEvent arrived(CallId call, Instant at) {
        return new CallEvent.Arrived(call, at, Direction.INBOUND, Caller.raw("89161234567"), null, null, null);
    }

    static CallEvent queued(CallId call, Instant at, String queue) {
        return new CallEvent.Queued(call, at, queue);
    }

    static Call call(CallId id, CallState state, Instant startedAt, List<CallEvent> events) {
        return call(id, state, startedAt, null, events);
    }

    static Call call(CallId id, CallState state, Instant startedAt, @Nullable CallId into, List<CallEvent> events) {
        return new Call(
                id,
                Direction.INBOUND,
                state,
                new Caller("89161234567", NUMBER),
                "74951110001",
                "sales",
                List.of(ANNA, BORIS),
                List.of(BORIS),
                List.of(),
                BORIS,
                EndReason.COMPLETED,
                EndedBy.CUSTOMER,
                "16",
                Party.Kind.AGENT,
                startedAt,
                startedAt.plusSeconds(3),
                startedAt.plusSeconds(60),
                new Call.Times(
                        Duration.ofSeconds(3), Duration.ofSeconds(57), Duration.ofMillis(1500), Duration.ofSeconds(55)),
                List.of(new Transfer(Transfer.Kind.BLIND, ANNA, "102", true)),
                List.of(new Leg("a", Party.agent(ANNA), startedAt, null, startedAt.plusSeconds(2), null, "26")),
                List.of(new Recording("r1.wav", "a")),
                "dial-1",
                into,
                List.of(new Correction(startedAt, "end", "ABANDONED", "COMPLETED")),
                List.of(new Why("end=COMPLETED", "the record says so")),
                events);
    }

    static CallCard card(Call call) {
        return new CallCard(
                call,
                List.of(new Match(contact("main", "275"), "the only one")),
                Map.of("main", new Responsible("Anna", Responsible.Policy.LAST_TALKED)),
                Map.of("main", "ref-1"),
                List.of(new Why("responsible=Anna", "talked last")));
    }

    static Contact contact(String account, String id) {
        return new Contact(
                new ContactRef(account, ContactRef.Type.CONTACT, id),
                "Ivan " + id,
                List.of("8 (916) 123-45-67", "доб. 12"),
                "17",
                URI.create("https://portal.example/crm/contact/details/" + id + "/"),
                T0,
                null);
    }

    static List<CrmWrite> oneWriteOfEach(CallId call) {
        ContactRef contact = new ContactRef("main", ContactRef.Type.LEAD, "7");
        return List.of(
                new CrmWrite.LogCall(
                        call,
                        Direction.OUTBOUND,
                        new PhoneNumber("+74951110001", "12"),
                        "84951110001",
                        "line",
                        "17",
                        true,
                        EndReason.COMPLETED,
                        T0,
                        Duration.ofSeconds(57),
                        contact,
                        null,
                        2),
                new CrmWrite.AttachRecording(call, new Recording("r1.wav", null)),
                new CrmWrite.CreateCustomer(call, ContactRef.Type.LEAD, "a caller", NUMBER, null, "line"),
                new CrmWrite.OpenTicket(
                        call, new TicketDraft("call back", "", Priority.HIGH, "17", null, T0), contact, null),
                new CrmWrite.Escalate(call, "1/ticket", "Repairs", "it leaks", "17"),
                new CrmWrite.AddNote(call, "said hello", "sold", null));
    }

    static Delivery note(String account, String key, String lane, @Nullable String after) {
        return Delivery.planned(
                account, key, lane, after, new CrmWrite.AddNote(id(lane), "text of " + key, null, null), T0);
    }

    static Delivery in(Delivery.State state, Delivery d) {
        return new Delivery(
                d.id(),
                d.account(),
                d.key(),
                d.lane(),
                d.after(),
                d.write(),
                state,
                d.attempts(),
                d.lookFirst(),
                d.createdAt(),
                d.triedSince(),
                d.nextAt(),
                d.reason(),
                d.ref());
    }
}
