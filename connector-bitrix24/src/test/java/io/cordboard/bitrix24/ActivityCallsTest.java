// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.connector.Health;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.testkit.Faults.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ActivityCallsTest {
    @TempDir
    Path folder;

    @Test
    void callIsAnActivityWhereAWebhookMayNotRegister() {
        try (Portal portal = Portal.strict(folder, Map.of())) {
            int contact = portal.sandbox.addContact("Anna Sergeeva", List.of("+79161234567"), 18);
            CrmWrite.LogCall call = Portal.with(
                    Portal.missed("1.1", "17"),
                    new ContactRef("main", ContactRef.Type.CONTACT, Integer.toString(contact)),
                    null);

            Outcome outcome = portal.log(call);

            assertThat(outcome).isInstanceOf(Outcome.Done.class);
            assertThat(portal.sandbox.activities())
                    .singleElement()
                    .satisfies(activity -> assertThat(activity)
                            .containsEntry("ORIGIN_ID", "hq:1.1")
                            .containsEntry("SUBJECT", "Missed call")
                            .containsEntry("COMPLETED", "N")
                            .containsEntry("RESPONSIBLE_ID", "17"));
            assertThat(portal.connector.health().status()).isEqualTo(Health.Status.DEGRADED);
        }
    }

    @Test
    void activityWhoseAnswerWasLostIsFoundAgain() {
        try (Portal portal = Portal.strict(folder, Map.of("registerBy", "activity"))) {
            portal.sandbox.addContact("Anna Sergeeva", List.of("+79161234567"), 18);
            portal.sandbox.faults().set(Kind.LOST_ANSWER, 1, "crm.activity.add");

            Outcome first = portal.log(Portal.answered("1.1", "17"));
            portal.restart();
            // Not even told to look: the process may have ended before anybody knew.
            Outcome second = portal.log(Portal.answered("1.1", "17"), 2, false);

            assertThat(first).isInstanceOf(Outcome.Unclear.class);
            assertThat(second).isInstanceOf(Outcome.Done.class);
            assertThat(portal.sandbox.activities()).hasSize(1);
        }
    }

    @Test
    void callOfAStrangerBringsALeadToHoldIt() {
        try (Portal portal = Portal.strict(folder, Map.of())) {
            int before = portal.sandbox.items(1).size();

            Outcome outcome = portal.log(Portal.missed("1.1", "17"));

            assertThat(outcome).isInstanceOf(Outcome.Done.class);
            assertThat(portal.sandbox.items(1)).hasSize(before + 1);
            assertThat(portal.sandbox.activities()).hasSize(1);
        }
    }

    @Test
    void callOfAStrangerIsParkedWhereNobodyMayBeMade() {
        try (Portal portal = Portal.strict(folder, Map.of("withoutCustomer", "park"))) {
            Outcome outcome = portal.log(Portal.missed("1.1", "17"));

            assertThat(outcome)
                    .isEqualTo(
                            new Outcome.Refused(
                                    "Bitrix24 keeps an activity only with a lead, contact or company; set \"withoutCustomer: lead\""));
            assertThat(portal.sandbox.activities()).isEmpty();
        }
    }
}
