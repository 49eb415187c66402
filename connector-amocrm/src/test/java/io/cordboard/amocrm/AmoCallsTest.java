// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.call.Recording;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.RecordingArchive;
import io.cordboard.pbx.Recordings;
import io.cordboard.testkit.Faults;
import io.cordboard.testkit.amocrm.AmoCrmUnderTest;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is special about records of calls in amoCRM. */
final class AmoCallsTest {
    @Test
    void fiftyKnownCallersAreOneRequest() {
        try (AmoCrmUnderTest crm = Samples.account()) {
            List<Attempt<CrmWrite.LogCall>> attempts = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                ContactRef contact =
                        crm.hasContact("Anna " + i, List.of(Samples.number(i).e164()), crm.user());
                attempts.add(new Attempt<>(Samples.log(i, crm.user(), contact), "log/" + i, 1, false));
            }
            List<Outcome> outcomes =
                    crm.connector().role(CallLog.class).orElseThrow().log(attempts);

            assertThat(outcomes).allMatch(Outcome.Done.class::isInstance);
            assertThat(crm.account().asked("POST contacts/notes")).isEqualTo(1);
            assertThat(crm.account().asked("POST calls")).isZero();
        }
    }

    @Test
    void oneBadCallOfFiftyIsLeftOutAndTheOthersAreWritten() {
        try (AmoCrmUnderTest crm = Samples.account()) {
            List<Attempt<CrmWrite.LogCall>> attempts = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                ContactRef contact =
                        crm.hasContact("Anna " + i, List.of(Samples.number(i).e164()), crm.user());
                String user = i == 17 ? crm.nobody() : crm.user();
                attempts.add(new Attempt<>(Samples.log(i, user, contact), "log/" + i, 1, false));
            }
            List<Outcome> outcomes =
                    crm.connector().role(CallLog.class).orElseThrow().log(attempts);

            assertThat(outcomes).hasSize(50).allMatch(Outcome.Done.class::isInstance);
            assertThat(Samples.callNotes(crm)).hasSize(50);
            // All, all but the bad one, and that one for somebody else.
            assertThat(crm.account().asked("POST contacts/notes")).isEqualTo(3);
        }
    }

    @Test
    void callWhoseAnswerWasLostIsLookedForWhereItWasTriedAndNotOnlyOnTheCardThatItGotMeanwhile() {
        try (AmoCrmUnderTest crm = Samples.account()) {
            ContactRef anna = crm.hasContact("Anna", List.of(Samples.number(7).e164()), crm.user());
            crm.account().addLead("Order", Integer.parseInt(anna.id()), Integer.parseInt(crm.user()));
            CrmWrite.LogCall log = Samples.log(7, crm.user(), null);
            crm.account().faults().set(Faults.Kind.LOST_ANSWER, 1, "POST calls");

            assertThat(Samples.write(crm, log)).isInstanceOf(Outcome.Unclear.class);
            Samples.write(crm, Samples.customer(7, crm.user()));
            List<Outcome> again = crm.connector()
                    .role(CallLog.class)
                    .orElseThrow()
                    .log(List.of(new Attempt<>(log, "log/" + log.call() + "/0", 2, true)));

            assertThat(again).singleElement().isInstanceOf(Outcome.Done.class);
            assertThat(Samples.callNotes(crm)).hasSize(1);
        }
    }

    @Test
    void callIsCountedForWhomItBelongsTo() {
        try (AmoCrmUnderTest crm = Samples.account()) {
            ContactRef contact =
                    crm.hasContact("Anna", List.of(Samples.number(1).e164()), crm.user());
            Samples.write(crm, Samples.log(1, crm.colleague(), contact));

            assertThat(Samples.callNotes(crm)).singleElement().satisfies(note -> {
                assertThat(note.get("created_by")).isEqualTo(Integer.valueOf(crm.colleague()));
                assertThat(note.get("responsible_user_id")).isEqualTo(note.get("created_by"));
                assertThat(Samples.params(note)).doesNotContainValue(null);
            });
        }
    }

    @Test
    void unknownCallerWithoutARuleGetsAContactAndIsAskedForFirst() {
        try (AmoCrmUnderTest crm = Samples.account()) {
            Outcome outcome = Samples.write(crm, Samples.log(2, crm.user(), null));

            assertThat(outcome).isInstanceOf(Outcome.Done.class);
            assertThat(crm.account().asked("POST calls")).isEqualTo(1);
            assertThat(crm.records(Samples.number(2))).hasSize(1);
            assertThat(crm.account().contacts())
                    .anyMatch(contact -> Objects.requireNonNull(contact.get("name"))
                            .equals(Samples.number(2).e164()));
        }
    }

    @Test
    void accountMayRefuseWhomItDoesNotKnow() {
        try (AmoCrmUnderTest crm = Samples.account("unmatched", "refuse")) {
            Outcome outcome = Samples.write(crm, Samples.log(3, crm.user(), null));

            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            assertThat(((Outcome.Refused) outcome).reason()).contains("unmatched");
        }
    }

    @Test
    void errorsWithoutNamesOfTheCallsAreSortedOutOneByOne() {
        for (String quirk : List.of("bareCallErrors", "mixedBatch400", "created201", "pluralTypes")) {
            try (AmoCrmUnderTest crm = Samples.account()) {
                crm.account().faults().set(Map.of(quirk, true));
                crm.hasContact("Anna", List.of(Samples.number(10).e164()), crm.user());
                List<Attempt<CrmWrite.LogCall>> attempts = new ArrayList<>();
                for (int i = 9; i < 13; i++) {
                    attempts.add(new Attempt<>(Samples.log(i, crm.user(), null), "log/" + i, 1, false));
                }
                List<Outcome> outcomes =
                        crm.connector().role(CallLog.class).orElseThrow().log(attempts);

                assertThat(outcomes).as(quirk).allMatch(Outcome.Done.class::isInstance);
                for (int i = 9; i < 13; i++) {
                    assertThat(crm.records(Samples.number(i))).as(quirk).hasSize(1);
                }
            }
        }
    }

    @Test
    void callOfARemovedContactFindsAnotherCard() {
        try (AmoCrmUnderTest crm = Samples.account()) {
            ContactRef contact =
                    crm.hasContact("Anna", List.of(Samples.number(4).e164()), crm.user());
            crm.contactVanishes(contact);
            Outcome outcome = Samples.write(crm, Samples.log(4, crm.user(), contact));

            assertThat(outcome).isInstanceOf(Outcome.Done.class);
            assertThat(crm.records(Samples.number(4))).hasSize(1);
        }
    }

    @Test
    void callOfAContactWithOneOpenLeadIsWrittenOnTheLead() {
        try (AmoCrmUnderTest crm = Samples.account("callCard", "lead")) {
            ContactRef contact =
                    crm.hasContact("Anna", List.of(Samples.number(5).e164()), crm.user());
            int user = Integer.parseInt(crm.user());
            int closed = crm.account().addLead("Old", Integer.parseInt(contact.id()), user);
            crm.account().closeLead(closed, true);
            int open = crm.account().addLead("New", Integer.parseInt(contact.id()), user);
            Samples.write(crm, Samples.log(5, crm.user(), contact));

            assertThat(Samples.callNotes(crm))
                    .singleElement()
                    .satisfies(note -> assertThat(note.get("entity_id")).isEqualTo(open));
        }
    }

    @Test
    void gatewayThatGivesUpGetsLessInOneRequest() {
        try (AmoCrmUnderTest crm = Samples.account()) {
            crm.account().faults().set(Map.of("gatewayTimeout", 1, "only", "POST contacts/notes"));
            List<Attempt<CrmWrite.LogCall>> attempts = new ArrayList<>();
            for (int i = 20; i < 60; i++) {
                ContactRef contact =
                        crm.hasContact("Anna", List.of(Samples.number(i).e164()), crm.user());
                attempts.add(new Attempt<>(Samples.log(i, crm.user(), contact), "log/" + i, 1, false));
            }
            CallLog log = crm.connector().role(CallLog.class).orElseThrow();
            assertThat(log.log(attempts)).allMatch(Outcome.Unclear.class::isInstance);
            List<Attempt<CrmWrite.LogCall>> again = attempts.stream()
                    .map(attempt -> new Attempt<>(attempt.write(), attempt.key(), 2, true))
                    .toList();

            assertThat(log.log(again)).allMatch(Outcome.Done.class::isInstance);
            assertThat(crm.account().asked("POST contacts/notes")).isEqualTo(3);
            assertThat(Samples.callNotes(crm)).hasSize(40);
        }
    }

    @Test
    void correctionKeepsTheRecording() {
        try (AmoCrmUnderTest crm = Samples.account()) {
            ContactRef contact =
                    crm.hasContact("Anna", List.of(Samples.number(6).e164()), crm.user());
            Samples.write(crm, Samples.log(6, crm.user(), contact));
            attach(crm, 6, null);
            Samples.write(crm, Samples.log(6, crm.colleague(), contact, 1));

            assertThat(Samples.callNotes(crm)).singleElement().satisfies(note -> {
                assertThat(Samples.params(note)).containsKey("link").containsEntry("duration", 96);
                assertThat(note.get("created_by")).isEqualTo(Integer.valueOf(crm.colleague()));
            });
        }
    }

    @Test
    void recordingWithoutAnAddressSaysWhatToConfigure() {
        try (AmoCrmUnderTest crm = Samples.account("recordingUrl", "")) {
            ContactRef contact =
                    crm.hasContact("Anna", List.of(Samples.number(7).e164()), crm.user());
            Samples.write(crm, Samples.log(7, crm.user(), contact));

            assertThat(attach(crm, 7, null))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.reason()).contains("recordingUrl"));
            assertThat(attach(crm, 7, URI.create("https://pbx.example.com/7.mp3")))
                    .isInstanceOf(Outcome.Done.class);
            assertThat(Samples.params(Samples.callNotes(crm).get(0)))
                    .containsEntry("link", "https://pbx.example.com/7.mp3");
        }
    }

    private static Outcome attach(AmoCrmUnderTest crm, int call, @Nullable URI link) {
        CrmWrite.AttachRecording write =
                new CrmWrite.AttachRecording(Samples.call(call), new Recording(call + ".mp3", null));
        return crm.connector()
                .role(RecordingArchive.class)
                .orElseThrow()
                .attach(
                        new Attempt<>(write, "recording/" + call, 1, false),
                        new Recordings.Ready(call + ".mp3", 3, link, InputStream::nullInputStream));
    }
}
