// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.call.CallId;
import io.cordboard.call.Recording;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallNotes;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.CustomerDesk;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.RecordingArchive;
import io.cordboard.crm.TicketDesk;
import io.cordboard.pbx.Recordings;
import io.cordboard.testkit.Faults.Kind;
import io.cordboard.ticket.Priority;
import io.cordboard.ticket.TicketDraft;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that a call leaves behind besides its record. */
final class Bitrix24WritesTest {
    private static final CallId CALL = new CallId("hq", "1.1");

    @TempDir
    Path folder;

    @Test
    void strangerBecomesALeadAndTheCallBelongsToIt() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            Outcome outcome = create(portal, CALL, "k1", false);
            portal.log(Portal.missed("1.1", "17"));

            assertThat(outcome).isInstanceOfSatisfying(Outcome.Done.class, done -> {
                assertThat(lead(portal, done.ref())).containsEntry("TITLE", "Unknown caller");
                assertThat(portal.finished()).singleElement().satisfies(call -> {
                    assertThat(call.entityType()).isEqualTo("LEAD");
                    assertThat(String.valueOf(call.entityId())).isEqualTo(done.ref());
                });
            });
        }
    }

    @Test
    void leadWhoseAnswerWasLostIsNotMadeAgain() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            int before = portal.sandbox.items(1).size();
            portal.sandbox.faults().set(Kind.LOST_ANSWER, 1, "crm.lead.add");

            Outcome first = create(portal, CALL, "k1", false);
            Outcome second = create(portal, CALL, "k1", true);

            assertThat(first).isInstanceOf(Outcome.Unclear.class);
            assertThat(second).isInstanceOf(Outcome.Done.class);
            assertThat(portal.sandbox.items(1)).hasSize(before + 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"+7 (916) 123-45-67", "89161234567", "8 916 123-45-67", "79161234567"})
    void customerWhomAPersonMadeIsFoundInAnySpelling(String spelling) {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            int contact = portal.sandbox.addContact("Anna Sergeeva", List.of(spelling), 18);
            int before = portal.sandbox.items(1).size();

            Outcome outcome = create(portal, CALL, "k1", false);

            assertThat(outcome).isEqualTo(new Outcome.Done(Integer.toString(contact)));
            assertThat(portal.sandbox.items(1)).hasSize(before);
        }
    }

    @Test
    void twoCallsOfOneStrangerMakeOneLead() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            int before = portal.sandbox.items(1).size();

            List<Outcome> outcomes = portal.role(CustomerDesk.class)
                    .create(List.of(
                            new Attempt<>(stranger(CALL), "k1", 1, false),
                            new Attempt<>(stranger(new CallId("hq", "1.2")), "k2", 1, false)));

            assertThat(outcomes.get(0)).isEqualTo(outcomes.get(1)).isInstanceOf(Outcome.Done.class);
            assertThat(portal.sandbox.items(1)).hasSize(before + 1);
        }
    }

    @Test
    void ticketIsATaskOfWhoIsResponsible() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            Outcome outcome = open(portal, "t1", 1, false);

            assertThat(outcome).isInstanceOf(Outcome.Done.class);
            assertThat(portal.sandbox.tasks())
                    .singleElement()
                    .satisfies(task ->
                            assertThat(task).containsEntry("TITLE", "Call back").containsEntry("RESPONSIBLE_ID", "18"));
        }
    }

    @Test
    void ticketIsAnItemOfASmartProcessThatTheCallHangsOn() {
        try (Portal portal = Portal.webhook(
                folder,
                Map.of(
                        "ticket.kind", "item",
                        "ticket.entityTypeId", "1036",
                        "ticket.categoryId", "1",
                        "ticket.stageId", "NEW"))) {
            portal.sandbox.addContact("Anna Sergeeva", List.of("+79161234567"), 18);
            portal.log(Portal.missed("1.1", "17"));

            Outcome outcome = open(portal, "t1", 1, false);

            assertThat(outcome).isInstanceOf(Outcome.Done.class);
            assertThat(portal.sandbox.items(1036))
                    .singleElement()
                    .satisfies(item -> assertThat(item)
                            .containsEntry("TITLE", "Call back")
                            .containsEntry("STAGE_ID", "DT1036_1:NEW"));
            assertThat(portal.sandbox.comments()).hasSize(1);
            assertThat(String.valueOf(portal.sandbox.activities().get(0).get("BINDINGS")))
                    .contains("1036");
        }
    }

    @ParameterizedTest
    @CsvSource({"task, tasks.task.add, 0", "item, crm.item.add, 2", "item, crm.item.add, 1036"})
    void ticketWhoseAnswerWasLostIsFoundByItsMark(String kind, String method, int type) {
        Map<String, String> settings = type == 0
                ? Map.of("ticket.kind", kind)
                : Map.of("ticket.kind", kind, "ticket.entityTypeId", Integer.toString(type));
        try (Portal portal = Portal.webhook(folder, settings)) {
            int before = type == 0 ? 0 : portal.sandbox.items(type).size();
            portal.sandbox.faults().set(Kind.LOST_ANSWER, 1, method);

            Outcome first = open(portal, "t1", 1, false);
            portal.restart();
            Outcome second = open(portal, "t1", 2, false);

            assertThat(first).isInstanceOf(Outcome.Unclear.class);
            assertThat(second).isInstanceOf(Outcome.Done.class);
            assertThat(type == 0 ? portal.sandbox.tasks() : portal.sandbox.items(type))
                    .hasSize(before + 1);
        }
    }

    @Test
    void noteIsACommentAndIsNotWrittenTwice() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            portal.sandbox.addContact("Anna Sergeeva", List.of("+79161234567"), 18);
            portal.log(Portal.answered("1.1", "17"));
            portal.sandbox.faults().set(Kind.LOST_ANSWER, 1, "crm.timeline.comment.add");
            CrmWrite.AddNote note = new CrmWrite.AddNote(CALL, "Wants a $result[c0][CALL_ID]", "Interested", "17");

            Outcome first = portal.role(CallNotes.class)
                    .add(List.of(new Attempt<>(note, "n1", 1, false)))
                    .get(0);
            Outcome second = portal.role(CallNotes.class)
                    .add(List.of(new Attempt<>(note, "n1", 2, true)))
                    .get(0);

            assertThat(first).isInstanceOf(Outcome.Unclear.class);
            assertThat(second).isInstanceOf(Outcome.Done.class);
            assertThat(portal.sandbox.comments())
                    .singleElement()
                    .satisfies(comment ->
                            assertThat(String.valueOf(comment.get("COMMENT"))).startsWith("Interested: Wants a"));
        }
    }

    @Test
    void noteWaitsForItsCall() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            CrmWrite.AddNote note = new CrmWrite.AddNote(CALL, "text", null, "17");

            Outcome outcome = portal.role(CallNotes.class)
                    .add(List.of(new Attempt<>(note, "n1", 1, false)))
                    .get(0);

            assertThat(outcome).isInstanceOf(Outcome.Retry.class);
        }
    }

    @Test
    void recordingIsUploadedAndReplacedWhenTheAnswerWasLost() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            portal.log(Portal.answered("1.1", "17"));
            byte[] sound = new byte[300_000];
            sound[299_999] = 7;
            Recordings.Ready file =
                    new Recordings.Ready("1.1.mp3", sound.length, null, () -> new ByteArrayInputStream(sound));
            portal.sandbox.faults().set(Kind.LOST_ANSWER, 1, "telephony.externalcall.attachrecord");

            Outcome first = attach(portal, file);
            Outcome second = attach(portal, file);

            assertThat(first).isInstanceOf(Outcome.Retry.class);
            assertThat(second).isInstanceOf(Outcome.Done.class);
            assertThat(portal.finished()).singleElement().satisfies(call -> {
                assertThat(call.recordName()).isEqualTo("1.1.mp3");
                assertThat(call.recordBytes()).isEqualTo(sound);
            });
        }
    }

    @Test
    void recordingOfUnknownLengthIsUploadedToo() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            portal.log(Portal.answered("1.1", "17"));
            byte[] sound = {1, 2, 3};

            Outcome outcome =
                    attach(portal, new Recordings.Ready("1.1.wav", -1, null, () -> new ByteArrayInputStream(sound)));

            assertThat(outcome).isInstanceOf(Outcome.Done.class);
            assertThat(portal.finished().get(0).recordBytes()).isEqualTo(sound);
        }
    }

    @Test
    void recordingWaitsForItsCallAndOnlySoundIsTaken() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            Recordings.Ready webm =
                    new Recordings.Ready("1.1.webm", 1, null, () -> new ByteArrayInputStream(new byte[1]));

            assertThat(attach(portal, webm)).isInstanceOf(Outcome.Retry.class);
            portal.log(Portal.answered("1.1", "17"));

            assertThat(attach(portal, webm))
                    .isEqualTo(new Outcome.Refused("Bitrix24 takes recordings as mp3 or wav only, not as webm"));
        }
    }

    private static Outcome attach(Portal portal, Recordings.Ready file) {
        return portal.role(RecordingArchive.class)
                .attach(
                        new Attempt<>(new CrmWrite.AttachRecording(CALL, new Recording("x", null)), "r", 1, false),
                        file);
    }

    private static Outcome create(Portal portal, CallId call, String key, boolean lookFirst) {
        return portal.role(CustomerDesk.class)
                .create(List.of(new Attempt<>(stranger(call), key, lookFirst ? 2 : 1, lookFirst)))
                .get(0);
    }

    private static CrmWrite.CreateCustomer stranger(CallId call) {
        return new CrmWrite.CreateCustomer(
                call, ContactRef.Type.LEAD, "Unknown caller", Portal.ANNA, "17", "74951110001");
    }

    private static Outcome open(Portal portal, String key, int number, boolean lookFirst) {
        TicketDraft draft = new TicketDraft(
                "Call back",
                "She asked for an offer",
                Priority.HIGH,
                "18",
                null,
                Instant.parse("2026-11-23T10:00:00Z"));
        return portal.role(TicketDesk.class)
                .open(List.of(
                        new Attempt<>(new CrmWrite.OpenTicket(CALL, draft, null, Portal.ANNA), key, number, lookFirst)))
                .get(0);
    }

    private static @Nullable Map<String, Object> lead(Portal portal, String id) {
        return portal.sandbox.items(1).stream()
                .filter(lead -> String.valueOf(lead.get("ID")).equals(id))
                .findFirst()
                .orElse(null);
    }
}
