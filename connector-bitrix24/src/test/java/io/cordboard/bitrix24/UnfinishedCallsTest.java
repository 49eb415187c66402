// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.call.CallId;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that an earlier attempt began: neither lost nor made twice. */
final class UnfinishedCallsTest {
    private static final String FINISH = "telephony.externalcall.finish";
    private static final String BINDING = "crm.activity.binding.add";

    @TempDir
    Path folder;

    @Test
    void callThatNobodyFinishedIsRecordedAlsoWithoutStatistics() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            // The portal forgot the click, and the first attempt was refused for certain: nothing is finished.
            CrmWrite.LogCall call = Portal.with(Portal.answered("1.1", "17"), null, "externalCall.forgotten");
            portal.sandbox.faults().set(Map.of("OVERLOAD_LIMIT", 1, "only", FINISH));
            Outcome first = portal.log(call);
            portal.restart();
            portal.sandbox.faults().set(Map.of("ACCESS_DENIED", true, "only", "voximplant.statistic.get"));

            Outcome second = portal.log(call, 2, false);

            assertThat(first).isInstanceOf(Outcome.Retry.class);
            assertThat(second).isInstanceOf(Outcome.Done.class);
            assertThat(portal.finished()).hasSize(1);
        }
    }

    @Test
    void recordThatCouldNotBePutToItsCustomerIsPutThereLater() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            int contact = portal.sandbox.addContact("Anna Sergeeva", List.of("+79161234567"), 18);
            portal.log(Portal.answered("1.1", "17"));
            String activity = String.valueOf(portal.sandbox.activities().get(0).get("ID"));
            String callId = portal.finished().get(0).callId();
            Journal journal = new Journal(portal.store.memory("main"), Clock.systemUTC());
            CallId id = new CallId("hq", "1.1");
            journal.put(id, new Journal.Trace(callId, "17", true, activity, Optional.empty()));
            CrmWrite.LogCall call = Portal.with(
                    Portal.answered("1.1", "17"),
                    new ContactRef("main", ContactRef.Type.CONTACT, Integer.toString(contact)),
                    null);
            portal.sandbox.faults().set(Map.of("INTERNAL_SERVER_ERROR", 1, "only", BINDING));

            Outcome second = portal.log(call, 2, false);
            Outcome third = portal.log(call, 3, false);
            Outcome fourth = portal.log(call, 4, false);

            assertThat(second).isInstanceOf(Outcome.Retry.class);
            assertThat(List.of(third, fourth)).containsOnly(new Outcome.Done(callId));
            assertThat(portal.sandbox.asked(BINDING)).isEqualTo(2);
            assertThat(portal.sandbox.calls()).hasSize(1);
        }
    }
}
