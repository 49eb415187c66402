// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.testkit.amocrm.AmoCrmUnderTest;
import io.cordboard.testkit.contract.CallLogContract;
import io.cordboard.testkit.contract.CrmUnderTest;
import io.cordboard.testkit.contract.CustomerDeskContract;
import io.cordboard.testkit.contract.EscalationsContract;
import io.cordboard.testkit.contract.TicketDeskContract;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** What every CRM must do, with a long-lived token and with the other forms of customers and tickets. */
final class TokenContractTest {
    private static CrmUnderTest account(String key, String value) {
        Map<String, String> settings = new HashMap<>(AmoCrmContractTest.FAST);
        settings.put(key, value);
        return AmoCrmUnderTest.longLived(new AmoCrmFactory(), settings, c -> {});
    }

    @Nested
    final class CallLog implements CallLogContract {
        private final CrmUnderTest crm = account("unmatched", "unsorted");

        @Override
        public CrmUnderTest crm() {
            return crm;
        }
    }

    @Nested
    final class TicketsAsLeads implements TicketDeskContract {
        private final CrmUnderTest crm = account("ticket.kind", "lead");

        @Override
        public CrmUnderTest crm() {
            return crm;
        }
    }

    @Nested
    final class EscalatedIncomingLeads implements EscalationsContract {
        private final CrmUnderTest crm = account("ticket.kind", "unsorted");

        @Override
        public CrmUnderTest crm() {
            return crm;
        }
    }

    @Nested
    final class EscalatedLeads implements EscalationsContract {
        private final CrmUnderTest crm = account("ticket.kind", "lead");

        @Override
        public CrmUnderTest crm() {
            return crm;
        }
    }

    @Nested
    final class CustomersAsLeads implements CustomerDeskContract {
        private final CrmUnderTest crm = account("unknown", "lead");

        @Override
        public CrmUnderTest crm() {
            return crm;
        }
    }

    @Nested
    final class CustomersAsContacts implements CustomerDeskContract {
        private final CrmUnderTest crm = account("unknown", "contact");

        @Override
        public CrmUnderTest crm() {
            return crm;
        }
    }
}
