// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.connector.Health;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.testkit.Faults.Kind;
import io.cordboard.testkit.bitrix24.Bitrix24Call;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Bitrix24CallsTest {
    private static final String REGISTER = "telephony.externalcall.register";
    private static final String FINISH = "telephony.externalcall.finish";

    @TempDir
    Path folder;

    @Test
    void answeredCallIsOneRecordOfWhoTalked() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            int contact = portal.sandbox.addContact("Anna Sergeeva", List.of("+79161234567"), 18);
            CrmWrite.LogCall call = Portal.with(
                    Portal.answered("1.1", "17"),
                    new ContactRef("main", ContactRef.Type.CONTACT, Integer.toString(contact)),
                    null);

            Outcome outcome = portal.log(call);

            Bitrix24Call there = portal.finished().get(0);
            assertThat(portal.sandbox.calls()).hasSize(1);
            assertThat(there.externalCallId()).isEqualTo("hq:1.1");
            assertThat(there.user()).isEqualTo(17);
            assertThat(there.duration()).isEqualTo(95);
            assertThat(there.statusCode()).isEqualTo("200");
            assertThat(there.type()).isEqualTo(2);
            assertThat(there.entityId()).isEqualTo(contact);
            assertThat(there.visibleTo()).isEmpty();
            assertThat(outcome).isEqualTo(new Outcome.Done(there.callId()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INBOUND, NO_ANSWER, 304", "INBOUND, ABANDONED, 304", "INBOUND, BUSY, 304", "INBOUND, VOICEMAIL, 304",
        "OUTBOUND, NO_ANSWER, 304", "OUTBOUND, BUSY, 486", "OUTBOUND, REJECTED, 603", "OUTBOUND, FAILED, 503",
        "OUTBOUND, ABANDONED, 603-S", "OUTBOUND, UNKNOWN, OTHER"
    })
    void callThatNobodyAnsweredHasItsStatus(Direction direction, EndReason end, String status) {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            portal.log(Portal.call("1.1", direction, "17", false, end));

            assertThat(portal.finished()).singleElement().satisfies(call -> {
                assertThat(call.statusCode()).isEqualTo(status);
                assertThat(call.duration()).isZero();
                assertThat(call.user()).isEqualTo(17);
            });
        }
    }

    @Test
    void hundredCallsNeedFourRequests() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            List<Attempt<CrmWrite.LogCall>> attempts = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                attempts.add(new Attempt<>(Portal.answered("1." + i, "17"), "k" + i, 1, false));
            }
            long before = portal.sandbox.requests();

            List<Outcome> outcomes = portal.role(CallLog.class).log(attempts);

            assertThat(outcomes).hasSize(100).allMatch(Outcome.Done.class::isInstance);
            assertThat(portal.finished()).hasSize(100);
            assertThat(portal.sandbox.requests() - before).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {REGISTER, FINISH})
    void lostAnswerLeavesOneRecord(String method) {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            portal.sandbox.addContact("Anna Sergeeva", List.of("+79161234567"), 18);
            portal.sandbox.faults().set(Kind.LOST_ANSWER, 1, method);

            Outcome first = portal.log(Portal.answered("1.1", "17"));
            portal.restart();
            Outcome second = portal.log(Portal.answered("1.1", "17"), 2, true);

            assertThat(first).isInstanceOf(Outcome.Unclear.class);
            assertThat(second).isInstanceOf(Outcome.Done.class);
            assertThat(portal.sandbox.calls()).hasSize(1);
            assertThat(portal.finished()).hasSize(1);
            assertThat(portal.sandbox.activities()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lostAnswer", "halfBody", "dropBefore", "html", "serverError", "rateLimit"})
    void whateverBreaksInBetweenOneRecordIsThere(String fault) {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            portal.sandbox.addContact("Anna Sergeeva", List.of("+79161234567"), 18);
            portal.sandbox.faults().set(Map.of(fault, 3));

            Outcome outcome = portal.deliver(Portal.missed("1.1", "17"));

            assertThat(outcome).isInstanceOf(Outcome.Done.class);
            assertThat(portal.finished()).hasSize(1);
            assertThat(portal.sandbox.activities()).hasSize(1);
        }
    }

    @Test
    void finishedCallIsRecognisedWithoutStatistics() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            portal.sandbox.faults().set(Kind.LOST_ANSWER, 1, FINISH);
            portal.log(Portal.answered("1.1", "17"));
            portal.sandbox.faults().set(Map.of("ACCESS_DENIED", true, "only", "voximplant.statistic.get"));

            Outcome second = portal.log(Portal.answered("1.1", "17"), 2, true);

            assertThat(second).isInstanceOf(Outcome.Done.class);
            assertThat(portal.sandbox.calls()).hasSize(1);
        }
    }

    @Test
    void recordIsFoundEvenWhenTheMemoryIsGone() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            portal.log(Portal.answered("1.1", "17"));
            portal.store.memory("main").remove("call.hq:1.1");

            Outcome again = portal.log(Portal.answered("1.1", "17"), 2, true);

            assertThat(again).isInstanceOf(Outcome.Done.class);
            assertThat(portal.sandbox.calls()).hasSize(1);
        }
    }

    @Test
    void callThatIsRecordedIsNotSentAgain() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            portal.log(Portal.answered("1.1", "17"));
            long before = portal.sandbox.requests();

            Outcome again = portal.log(Portal.answered("1.1", "17"));

            assertThat(again).isInstanceOf(Outcome.Done.class);
            assertThat(portal.sandbox.requests()).isEqualTo(before);
        }
    }

    @Test
    void callOfSomebodyWhoLeftGoesToTheResponsible() {
        try (Portal portal = Portal.webhook(folder, Map.of("responsible", "18"))) {
            Outcome outcome = portal.log(Portal.missed("1.1", "4711"));

            assertThat(outcome).isInstanceOf(Outcome.Done.class);
            assertThat(portal.finished())
                    .singleElement()
                    .satisfies(call -> assertThat(call.user()).isEqualTo(18));
        }
    }

    @Test
    void callWithoutAnybodyGoesToTheResponsible() {
        try (Portal portal = Portal.webhook(folder, Map.of("responsible", "18"))) {
            portal.log(Portal.missed("1.1", null));

            assertThat(portal.finished())
                    .singleElement()
                    .satisfies(call -> assertThat(call.user()).isEqualTo(18));
        }
    }

    @Test
    void callOfAHiddenNumberIsRecorded() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            CrmWrite.LogCall call = Portal.missed("1.1", "17");

            Outcome outcome = portal.log(new CrmWrite.LogCall(
                    call.call(),
                    call.direction(),
                    null,
                    "Anonymous",
                    call.line(),
                    "17",
                    false,
                    call.end(),
                    call.startedAt(),
                    call.connected(),
                    null,
                    null,
                    0));

            assertThat(outcome).isInstanceOf(Outcome.Done.class);
            assertThat(portal.finished()).hasSize(1);
        }
    }

    @Test
    void clickedCallIsFinishedUnderThePortalsOwnId() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            String clicked = portal.sandbox.click(17, "+79161234567");
            CrmWrite.LogCall call =
                    Portal.with(Portal.call("1.1", Direction.OUTBOUND, "17", true, EndReason.COMPLETED), null, clicked);

            Outcome outcome = portal.log(call);

            assertThat(outcome).isEqualTo(new Outcome.Done(clicked));
            assertThat(portal.sandbox.asked(REGISTER)).isZero();
            assertThat(portal.finished())
                    .singleElement()
                    .satisfies(c -> assertThat(c.callId()).isEqualTo(clicked));
        }
    }

    @Test
    void laterRecordOfThePbxCorrectsTheRecord() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            portal.sandbox.addContact("Anna Sergeeva", List.of("+79161234567"), 18);
            portal.log(Portal.missed("1.1", "17"));

            Outcome outcome = portal.log(Portal.revised(Portal.answered("1.1", "18"), 1));

            assertThat(outcome).isInstanceOf(Outcome.Done.class);
            assertThat(portal.finished()).hasSize(1);
            assertThat(portal.sandbox.activities()).singleElement().satisfies(activity -> {
                assertThat(activity).containsEntry("SUBJECT", "Incoming call, 95 s");
                assertThat(String.valueOf(activity.get("RESPONSIBLE_ID"))).isEqualTo("18");
            });
            assertThat(portal.sandbox.comments()).hasSize(1);
        }
    }

    @Test
    void correctionsInOneListComeInTheirOrder() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            portal.sandbox.addContact("Anna Sergeeva", List.of("+79161234567"), 18);

            List<Outcome> outcomes = portal.role(CallLog.class)
                    .log(List.of(
                            new Attempt<>(Portal.missed("1.1", "17"), "a", 1, false),
                            new Attempt<>(Portal.revised(Portal.answered("1.1", "18"), 1), "b", 1, false)));

            assertThat(outcomes).allMatch(Outcome.Done.class::isInstance);
            assertThat(portal.finished()).hasSize(1);
            assertThat(portal.sandbox.activities())
                    .singleElement()
                    .satisfies(activity -> assertThat(activity).containsEntry("SUBJECT", "Incoming call, 95 s"));
        }
    }

    @Test
    void faultOfOneCallDoesNotSpoilTheOthers() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            CrmWrite.LogCall strange = Portal.with(Portal.answered("1.2", "17"), null, "externalCall.unknown");
            List<Outcome> outcomes = portal.role(CallLog.class)
                    .log(List.of(
                            new Attempt<>(Portal.answered("1.1", "17"), "a", 1, false),
                            new Attempt<>(strange, "b", 1, false),
                            new Attempt<>(Portal.answered("1.3", "17"), "c", 1, false)));

            // A click that the portal forgot is a call all the same: it is registered then.
            assertThat(outcomes).allMatch(Outcome.Done.class::isInstance);
            assertThat(portal.finished()).hasSize(3);
        }
    }

    @Test
    void tokenThatEndsInTheMiddleOfABatchLosesNothing() {
        try (Portal portal = Portal.app(folder, Map.of())) {
            portal.sandbox.faults().set(Map.of("expired_token", 1, "only", FINISH));
            List<Attempt<CrmWrite.LogCall>> attempts = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                attempts.add(new Attempt<>(Portal.answered("1." + i, "17"), "k" + i, 1, false));
            }

            List<Outcome> outcomes = portal.role(CallLog.class).log(attempts);

            assertThat(outcomes).allMatch(Outcome.Done.class::isInstance);
            assertThat(portal.finished()).hasSize(10);
            // Ten, and the one that was refused once more.
            assertThat(portal.sandbox.asked(FINISH)).isEqualTo(11);
        }
    }

    @Test
    void tokenThatEndedIsRenewedOnceAndSurvivesARestart() {
        try (Portal portal = Portal.app(folder, Map.of())) {
            portal.log(Portal.answered("1.1", "17"));
            portal.sandbox.expireTokens();
            Outcome second = portal.log(Portal.answered("1.2", "17"));
            portal.restart();
            Outcome third = portal.log(Portal.answered("1.3", "17"));

            assertThat(List.of(second, third)).allMatch(Outcome.Done.class::isInstance);
        }
    }

    @Test
    void permissionThatIsGoneIsSaidAndNothingIsLost() {
        try (Portal portal = Portal.app(folder, Map.of())) {
            portal.log(Portal.answered("1.1", "17"));
            portal.sandbox.revokeTokens();

            Outcome outcome = portal.log(Portal.answered("1.2", "17"));

            assertThat(outcome).isInstanceOf(Outcome.Reauthorise.class);
            assertThat(portal.connector.health().status()).isEqualTo(Health.Status.REAUTHORISE);
        }
    }

    @Test
    void webhookThatIsNoLongerAcceptedIsSaidUntilItIs() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            portal.sandbox.faults().set(Map.of("PAYMENT_REQUIRED", true));
            Outcome refused = portal.log(Portal.answered("1.1", "17"));
            Health.Status then = portal.connector.health().status();
            portal.sandbox.faults().clear();
            Outcome accepted = portal.log(Portal.answered("1.1", "17"));

            assertThat(refused).isInstanceOf(Outcome.Reauthorise.class);
            assertThat(then).isEqualTo(Health.Status.REAUTHORISE);
            assertThat(accepted).isInstanceOf(Outcome.Done.class);
            assertThat(portal.connector.health()).isEqualTo(Health.UP);
        }
    }

    @Test
    void rateOfThePortalIsRespected() {
        try (Portal portal = Portal.webhook(folder, Map.of("requestsPerSecond", "10", "burst", "10"))) {
            portal.sandbox.limit(10, 12);
            for (int i = 0; i < 15; i++) {
                assertThat(portal.log(Portal.answered("1." + i, "17"))).isInstanceOf(Outcome.Done.class);
            }

            assertThat(portal.sandbox.state()).containsEntry("refusedByLimits", 0);
            assertThat(portal.finished()).hasSize(15);
        }
    }

    @Test
    void methodWhoseTimeIsUsedUpIsLeftAlone() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            portal.sandbox.faults().set(Map.of("OPERATION_TIME_LIMIT", 1, "only", FINISH));
            Outcome first = portal.log(Portal.answered("1.1", "17"));
            int asked = portal.sandbox.asked(FINISH);

            Outcome second = portal.log(Portal.answered("1.1", "17"), 2, false);

            assertThat(first).isInstanceOf(Outcome.Retry.class);
            assertThat(second)
                    .isInstanceOfSatisfying(
                            Outcome.Retry.class,
                            retry -> assertThat(retry.after())
                                    .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60)));
            assertThat(portal.sandbox.asked(FINISH)).isEqualTo(asked);
        }
    }
}
