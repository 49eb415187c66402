// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.testkit.contract.AgentSourceContract;
import io.cordboard.testkit.contract.CallLogContract;
import io.cordboard.testkit.contract.CallNotesContract;
import io.cordboard.testkit.contract.ContactSearchContract;
import io.cordboard.testkit.contract.ContactSourceContract;
import io.cordboard.testkit.contract.CrmUnderTest;
import io.cordboard.testkit.contract.CustomerDeskContract;
import io.cordboard.testkit.contract.EscalationsContract;
import io.cordboard.testkit.contract.RecordingArchiveContract;
import io.cordboard.testkit.contract.TicketDeskContract;
import io.cordboard.testkit.salesforce.SalesforceUnderTest;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** What every CRM must do, in an organisation in which nobody created anything for the connector. */
final class UntouchedContractTest {
    @Nested
    final class CallLog extends Crm implements CallLogContract {}

    @Nested
    final class CallNotes extends Crm implements CallNotesContract {}

    @Nested
    final class RecordingArchive extends Crm implements RecordingArchiveContract {}

    @Nested
    final class TicketDesk extends Crm implements TicketDeskContract {}

    @Nested
    final class Escalations extends Crm implements EscalationsContract {}

    @Nested
    final class CustomerDesk extends Crm implements CustomerDeskContract {}

    @Nested
    final class ContactSource extends Crm implements ContactSourceContract {}

    @Nested
    final class ContactSearch extends Crm implements ContactSearchContract {}

    @Nested
    final class AgentSource extends Crm implements AgentSourceContract {}

    abstract static class Crm {
        private final CrmUnderTest crm =
                SalesforceUnderTest.untouched(new SalesforceFactory(), Map.of(), connector -> {});

        public CrmUnderTest crm() {
            return crm;
        }
    }
}
