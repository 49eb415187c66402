// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import static org.awaitility.Awaitility.await;

import io.cordboard.connector.Connector;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.ContactChanges;
import io.cordboard.crm.DialRequests;
import io.cordboard.testkit.amocrm.AmoCrmUnderTest;
import io.cordboard.testkit.contract.ContactChangesContract;
import io.cordboard.testkit.contract.CrmUnderTest;
import io.cordboard.testkit.contract.DialRequestsContract;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** What every CRM must tell: changes and clicks, over real HTTP. */
final class EventsContractTest {
    @Nested
    final class Changes implements ContactChangesContract {
        private final Set<ContactRef> changed = ConcurrentHashMap.newKeySet();
        private final Set<ContactRef> removed = ConcurrentHashMap.newKeySet();
        private final CrmUnderTest crm =
                AmoCrmUnderTest.longLived(new AmoCrmFactory(), AmoCrmContractTest.FAST, this::listen);

        /** A connector asks the account to tell of changes in the background. */
        @BeforeEach
        void untilTheAccountTells() {
            await().until(() -> crm.connector().check().stream()
                    .anyMatch(finding -> finding.what().equals("the account tells of changes")));
        }

        private void listen(Connector connector) {
            connector.role(ContactChanges.class).orElseThrow().tell(new ContactChanges.Listener() {
                @Override
                public void changed(Set<ContactRef> refs) {
                    changed.addAll(refs);
                }

                @Override
                public void removed(Set<ContactRef> refs) {
                    removed.addAll(refs);
                }
            });
        }

        @Override
        public CrmUnderTest crm() {
            return crm;
        }

        @Override
        public Set<ContactRef> changed() {
            return changed;
        }

        @Override
        public Set<ContactRef> removed() {
            return removed;
        }
    }

    @Nested
    final class Clicks implements DialRequestsContract {
        private final List<DialRequests.Click> clicks = new CopyOnWriteArrayList<>();
        private final CrmUnderTest crm = AmoCrmUnderTest.longLived(
                new AmoCrmFactory(),
                AmoCrmContractTest.FAST,
                connector -> connector.role(DialRequests.class).orElseThrow().tell(clicks::add));

        @Override
        public CrmUnderTest crm() {
            return crm;
        }

        @Override
        public List<DialRequests.Click> clicks() {
            return clicks;
        }
    }
}
