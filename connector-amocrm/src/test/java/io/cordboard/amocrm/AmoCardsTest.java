// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.call.Caller;
import io.cordboard.call.Direction;
import io.cordboard.crm.ScreenPop;
import io.cordboard.testkit.amocrm.AmoCrmUnderTest;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AmoCardsTest {
    private static final String NOBODY = "7";

    private static void ring(AmoCrmUnderTest crm, int call, String... users) {
        crm.connector()
                .role(ScreenPop.class)
                .orElseThrow()
                .show(new ScreenPop.View(
                        Samples.call(call),
                        Direction.INBOUND,
                        new Caller(Samples.number(call).digits(), Samples.number(call)),
                        "74951110001",
                        Instant.parse("2026-11-20T09:15:00Z"),
                        null,
                        Set.of(users),
                        null,
                        false,
                        null));
    }

    @Test
    void userWhoIsNotThereTakesNobodysCardAway() {
        try (AmoCrmUnderTest crm = Samples.account()) {
            crm.account().faults().set(Map.of("popUpUsersChecked", true));
            ring(crm, 1, crm.user(), NOBODY);
            ring(crm, 2, crm.colleague());

            await().untilAsserted(
                            () -> assertThat(crm.seeCard(Samples.number(1))).containsExactly(crm.user()));
            await().untilAsserted(
                            () -> assertThat(crm.seeCard(Samples.number(2))).containsExactly(crm.colleague()));
            await().untilAsserted(() -> assertThat(crm.connector().counts()).containsEntry("cards_failed", 1L));
        }
    }
}
