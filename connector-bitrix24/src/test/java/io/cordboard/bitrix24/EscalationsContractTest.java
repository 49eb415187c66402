// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.testkit.bitrix24.Bitrix24UnderTest;
import io.cordboard.testkit.contract.CrmUnderTest;
import io.cordboard.testkit.contract.EscalationsContract;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** How every CRM must hand tickets on, where they are leads or deals; tasks and smart processes are elsewhere. */
final class EscalationsContractTest {
    @Nested
    final class Leads implements EscalationsContract {
        private final CrmUnderTest crm = portal("1");

        @Override
        public CrmUnderTest crm() {
            return crm;
        }
    }

    @Nested
    final class Deals implements EscalationsContract {
        private final CrmUnderTest crm = portal("2");

        @Override
        public CrmUnderTest crm() {
            return crm;
        }
    }

    private static CrmUnderTest portal(String type) {
        return Bitrix24UnderTest.webhook(
                new Bitrix24Factory(), false, Map.of("ticket.kind", "item", "ticket.entityTypeId", type), c -> {});
    }
}
