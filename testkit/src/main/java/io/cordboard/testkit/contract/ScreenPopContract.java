// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.call.Caller;
import io.cordboard.call.Direction;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CrmWrite.LogCall;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.ScreenPop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The card is on the screens of those whose phones ring, and the call's record does not suffer. */
public interface ScreenPopContract extends CrmContract {
    /** How long the card may take, with everything in between. */
    Duration SOON = Duration.ofSeconds(15);

    private void show(int call, Set<String> ringing, @Nullable String talking, boolean over) {
        ScreenPop.View view = new ScreenPop.View(
                Writes.call(call),
                Direction.INBOUND,
                new Caller(Writes.customer(call).digits(), Writes.customer(call)),
                "74951110001",
                Instant.parse("2026-11-20T09:15:00Z"),
                null,
                ringing,
                talking,
                over,
                null);
        role(ScreenPop.class).show(view);
    }

    private void awaitCard(int call, String... users) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(crm().seeCard(Writes.customer(call))).containsExactlyInAnyOrder(users));
    }

    /**
     * Whose phone rings sees the card; who did not answer loses it, and in the end nobody has it, where the vendor
     * takes cards back.
     */
    @Test
    default void cardFollowsThePhones() {
        show(1, Set.of(crm().user(), crm().colleague()), null, false);
        awaitCard(1, crm().user(), crm().colleague());

        show(1, Set.of(), crm().user(), false);
        if (crm().takesCardsBack()) {
            awaitCard(1, crm().user());
        }

        show(1, Set.of(), null, true);
        if (crm().takesCardsBack()) {
            awaitCard(1);
        }
    }

    /** The card and the record are one call. */
    @Test
    default void cardAndRecordAreOneCall() {
        show(2, Set.of(crm().user()), null, false);
        awaitCard(2, crm().user());
        LogCall write = Writes.answered(2, crm().user());
        Outcome outcome = new Engine<>(
                        write,
                        "log/" + write.call(),
                        (Attempt<LogCall> attempt) ->
                                role(CallLog.class).log(List.of(attempt)).get(0))
                .untilSettled();

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(crm().records(Writes.customer(2))).hasSize(1);
        if (crm().takesCardsBack()) {
            awaitCard(2);
        }
    }

    /** The record of a call does not need the card, nor its vendor's health at that time. */
    @Test
    default void recordDoesNotNeedTheCard() {
        crm().isDown();
        show(3, Set.of(crm().user()), null, false);
        show(3, Set.of(), crm().user(), false);
        crm().isWell();
        LogCall write = Writes.answered(3, crm().user());
        Outcome outcome = new Engine<>(
                        write,
                        "log/" + write.call(),
                        (Attempt<LogCall> attempt) ->
                                role(CallLog.class).log(List.of(attempt)).get(0))
                .untilSettled();

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(crm().records(Writes.customer(3))).hasSize(1);
    }
}
