// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.call.CallId;
import io.cordboard.call.Caller;
import io.cordboard.call.Direction;
import io.cordboard.call.PhoneNumber;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.CustomerDesk;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.ScreenPop;
import io.cordboard.testkit.Faults.Kind;
import io.cordboard.testkit.bitrix24.Bitrix24Call;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Bitrix24CardsTest {
    @TempDir
    Path folder;

    @Test
    void cardFollowsWhoRingsAndWhoAnswers() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            ScreenPop cards = portal.role(ScreenPop.class);

            cards.show(view(Set.of("17", "18"), null, false));
            await().untilAsserted(() -> assertThat(only(portal).visibleTo()).containsExactlyInAnyOrder(17, 18));
            cards.show(view(Set.of(), "18", false));
            await().untilAsserted(() -> assertThat(only(portal).visibleTo()).containsExactly(18));
        }
    }

    @Test
    void recordOfACallWithACardIsNotRegisteredAgain() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            portal.role(ScreenPop.class).show(view(Set.of("17"), null, false));
            await().until(() -> !portal.sandbox.calls().isEmpty());

            Outcome outcome = portal.log(Portal.answered("1.1", "18"));

            assertThat(outcome).isEqualTo(new Outcome.Done(only(portal).callId()));
            assertThat(only(portal).finished()).isTrue();
            assertThat(only(portal).user()).isEqualTo(18);
            assertThat(only(portal).visibleTo()).isEmpty();
        }
    }

    @Test
    void cardWhoseRegistrationWasLostIsTheSameCallAfterARestart() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            portal.sandbox.faults().set(Kind.LOST_ANSWER, 1, "telephony.externalcall.register");
            portal.role(ScreenPop.class).show(view(Set.of("17"), null, false));
            await().until(() -> !portal.sandbox.calls().isEmpty());
            portal.restart();

            Outcome outcome = portal.log(Portal.answered("1.1", "18"));

            assertThat(outcome).isInstanceOf(Outcome.Done.class);
            assertThat(only(portal).user()).isEqualTo(18);
        }
    }

    @Test
    void whatHappensWithinAMomentIsOneRequest() {
        try (Portal portal = Portal.webhook(folder, Map.of("cardDelay", "400ms"))) {
            ScreenPop cards = portal.role(ScreenPop.class);
            long before = portal.sandbox.requests();

            for (int i = 0; i < 20; i++) {
                cards.show(view(i % 2 == 0 ? Set.of("17") : Set.of("17", "18", "19"), null, false));
            }
            await().untilAsserted(() -> assertThat(only(portal).visibleTo()).hasSize(3));

            assertThat(portal.sandbox.requests() - before).isEqualTo(1);
        }
    }

    @Test
    void cardComesOnlyAfterTheAnswerWhereTheSettingSaysSo() {
        try (Portal portal = Portal.webhook(folder, Map.of("cards", "answer"))) {
            ScreenPop cards = portal.role(ScreenPop.class);

            cards.show(view(Set.of("17", "18"), null, false));
            cards.show(view(Set.of(), "18", false));

            await().until(() -> !portal.sandbox.calls().isEmpty());
            await().untilAsserted(() -> assertThat(only(portal).visibleTo()).containsExactly(18));
            assertThat(only(portal).card()).noneMatch(what -> what.contains("17"));
        }
    }

    @Test
    void cardOfAFinishedCallStaysAway() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            portal.log(Portal.answered("1.1", "18"));
            int before = portal.sandbox.asked("telephony.externalcall.register");
            ScreenPop cards = portal.role(ScreenPop.class);

            cards.show(view(Set.of("17"), null, false));
            cards.show(new ScreenPop.View(
                    new CallId("hq", "1.2"),
                    Direction.INBOUND,
                    new Caller("79161234567", Portal.ANNA),
                    null,
                    Instant.parse("2026-11-22T10:00:00Z"),
                    null,
                    Set.of("17"),
                    null,
                    false,
                    null));
            await().until(() -> portal.sandbox.calls().size() == 2);

            assertThat(portal.sandbox.asked("telephony.externalcall.register")).isEqualTo(before + 1);
        }
    }

    @Test
    void cardOfAStrangerAndTheCustomerMadeOfAnEarlierCallAreOneLead() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            PhoneNumber number = PhoneNumber.of("+79165550000");
            Caller stranger = new Caller("79165550000", number);
            CrmWrite.CreateCustomer wanted = new CrmWrite.CreateCustomer(
                    new CallId("hq", "1.0"), ContactRef.Type.LEAD, "Stranger", number, "17", null);
            int leads = portal.sandbox.items(1).size();
            long before = portal.sandbox.requests();
            portal.sandbox.faults().set(Kind.SLOW, 300);

            CompletableFuture<List<Outcome>> made = CompletableFuture.supplyAsync(() -> portal.role(CustomerDesk.class)
                    .create(List.of(new Attempt<>(wanted, "hq:1.0/customer", 1, false))));
            await().pollInterval(Duration.ofMillis(5)).until(() -> portal.sandbox.requests() > before);
            portal.role(ScreenPop.class)
                    .show(new ScreenPop.View(
                            new CallId("hq", "1.1"),
                            Direction.INBOUND,
                            stranger,
                            null,
                            Instant.parse("2026-11-22T10:00:00Z"),
                            null,
                            Set.of("17"),
                            null,
                            false,
                            null,
                            true));
            await().until(() -> made.isDone() && !portal.sandbox.calls().isEmpty());

            assertThat(made.join()).allMatch(Outcome.Done.class::isInstance);
            assertThat(portal.sandbox.items(1)).hasSize(leads + 1);
        }
    }

    private static Bitrix24Call only(Portal portal) {
        assertThat(portal.sandbox.calls()).hasSize(1);
        return portal.sandbox.calls().get(0);
    }

    private static ScreenPop.View view(Set<String> ringing, @Nullable String talking, boolean over) {
        return new ScreenPop.View(
                new CallId("hq", "1.1"),
                Direction.INBOUND,
                new Caller("79161234567", Portal.ANNA),
                "74951110001",
                Instant.parse("2026-11-22T10:00:00Z"),
                null,
                ringing,
                talking,
                over,
                null);
    }
}
