// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.testkit.bitrix24.Bitrix24UnderTest;
import io.cordboard.testkit.contract.CallLogContract;
import io.cordboard.testkit.contract.CallNotesContract;
import io.cordboard.testkit.contract.CrmUnderTest;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** What every CRM must do, in a portal that lets no webhook register calls. */
final class StrictWebhookContractTest {
    @Nested
    final class CallLog extends Crm implements CallLogContract {}

    @Nested
    final class CallNotes extends Crm implements CallNotesContract {}

    abstract static class Crm {
        private final CrmUnderTest crm = Bitrix24UnderTest.webhook(new Bitrix24Factory(), true, Map.of(), c -> {});

        public CrmUnderTest crm() {
            return crm;
        }
    }
}
