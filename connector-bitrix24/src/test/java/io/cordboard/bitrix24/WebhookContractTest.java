// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.testkit.bitrix24.Bitrix24UnderTest;
import io.cordboard.testkit.contract.AgentSourceContract;
import io.cordboard.testkit.contract.CallLogContract;
import io.cordboard.testkit.contract.CallNotesContract;
import io.cordboard.testkit.contract.ContactSearchContract;
import io.cordboard.testkit.contract.ContactSourceContract;
import io.cordboard.testkit.contract.CrmUnderTest;
import io.cordboard.testkit.contract.CustomerDeskContract;
import io.cordboard.testkit.contract.EscalationsContract;
import io.cordboard.testkit.contract.RecordingArchiveContract;
import io.cordboard.testkit.contract.ScreenPopContract;
import io.cordboard.testkit.contract.TicketDeskContract;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** What every CRM must do, in a portal that is reached by an inbound webhook. */
final class WebhookContractTest {
    @Nested
    final class CallLog extends Crm implements CallLogContract {}

    @Nested
    final class ScreenPop extends Crm implements ScreenPopContract {}

    @Nested
    final class RecordingArchive extends Crm implements RecordingArchiveContract {}

    @Nested
    final class TicketDesk extends Crm implements TicketDeskContract {}

    @Nested
    final class Escalations extends Crm implements EscalationsContract {}

    @Nested
    final class CustomerDesk extends Crm implements CustomerDeskContract {}

    @Nested
    final class CallNotes extends Crm implements CallNotesContract {}

    @Nested
    final class ContactSource extends Crm implements ContactSourceContract {}

    @Nested
    final class ContactSearch extends Crm implements ContactSearchContract {}

    @Nested
    final class AgentSource extends Crm implements AgentSourceContract {}

    abstract static class Crm {
        private final CrmUnderTest crm =
                Bitrix24UnderTest.webhook(new Bitrix24Factory(), false, Map.of("cardDelay", "20ms"), c -> {});

        public CrmUnderTest crm() {
            return crm;
        }
    }
}
