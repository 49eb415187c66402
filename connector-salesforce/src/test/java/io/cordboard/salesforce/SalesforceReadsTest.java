// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.call.Extension;
import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.AgentSource;
import io.cordboard.crm.ContactSearch;
import io.cordboard.crm.ContactSource;
import io.cordboard.crm.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SalesforceReadsTest {
    private final Company company = new Company();

    @AfterEach
    void end() {
        company.close();
    }

    private static ContactSource source(Salesforce salesforce) {
        return salesforce.role(ContactSource.class).orElseThrow();
    }

    private static List<Contact> everybody(ContactSource source) {
        List<Contact> all = new ArrayList<>();
        ContactSource.Page page = source.page("");
        all.addAll(page.contacts());
        while (!page.last()) {
            page = source.page(page.next());
            all.addAll(page.contacts());
        }
        return all;
    }

    @Test
    void everyFieldForNumbersIsReadCustomOnesToo() {
        company.org().addField("Contact", "Dacha__c; phone 40");
        company.org()
                .add("Contact", Map.of("LastName", "Anna", "Dacha__c", "+7 495 700-00-01", "Fax", "8 495 7000002"));

        assertThat(everybody(source(company.connector())))
                .singleElement()
                .satisfies(contact ->
                        assertThat(contact.phones()).containsExactlyInAnyOrder("+7 495 700-00-01", "8 495 7000002"));
    }

    @Test
    void passGoesOnWhenTheVendorForgotTheQuery() {
        for (int i = 0; i < 450; i++) {
            company.contact("Contact " + i, Company.number(i).e164());
        }
        ContactSource source = source(company.connector("sync.batch", "200"));
        ContactSource.Page first = source.page("");
        company.clock().advance(Duration.ofHours(1));
        ContactSource.Page second = source.page(first.next());
        ContactSource.Page again = source.page(first.next());

        assertThat(second.contacts()).isNotEmpty().doesNotContainAnyElementsOf(first.contacts());
        assertThat(again.contacts()).isEqualTo(second.contacts());
        assertThat(everybody(source)).hasSize(450).doesNotHaveDuplicates();
    }

    @Test
    void removedContactsAndConvertedLeadsAreTold() {
        for (String how : List.of("stamp", "replication")) {
            String boris = company.contact("Boris", "+74957000002");
            String lead = company.org().add("Lead", Map.of("LastName", "V", "Company", "V", "Phone", "+74957000003"));
            ContactSource source = source(company.connector("sync.changes", how));
            java.time.Instant since = company.clock().instant();
            company.clock().advance(Duration.ofMinutes(6));
            String anna = company.contact("Anna", "+74957000001");
            company.org().remove(boris);
            company.org().change(lead, Map.of("IsConverted", "true"));
            company.clock().advance(Duration.ofMinutes(6));
            List<ContactRef> changed = new ArrayList<>();
            List<ContactRef> gone = new ArrayList<>();
            String cursor = "";
            boolean last = false;
            while (!last) {
                ContactSource.Page page = source.changedSince(since, cursor);
                page.contacts().forEach(contact -> changed.add(contact.ref()));
                gone.addAll(page.removed());
                cursor = page.next();
                last = page.last();
            }

            assertThat(changed).as(how).contains(new ContactRef("main", ContactRef.Type.CONTACT, anna));
            assertThat(gone)
                    .as(how)
                    .contains(
                            new ContactRef("main", ContactRef.Type.CONTACT, boris),
                            new ContactRef("main", ContactRef.Type.LEAD, lead));
        }
    }

    @Test
    void searchThatCutsNumbersIntoWordsFindsThemToo() {
        company.org().configure(Map.of("strictSearch", true));
        ContactSearch search = company.connector().role(ContactSearch.class).orElseThrow();
        for (String spelling : List.of("+7 (916) 123-45-67", "8 916 123-45-67", "8(916)1234567", "+79161234567")) {
            String anna = company.contact("Anna", spelling);
            assertThat(search.search(PhoneNumber.of("+79161234567")))
                    .as(spelling)
                    .extracting(contact -> contact.ref().id())
                    .containsExactly(anna);
            company.org().remove(anna);
        }
    }

    @Test
    void whoeverHasOnlyTheSameEndIsNotFound() {
        company.contact("Anna", "+3809161234567");

        assertThat(company.connector().role(ContactSearch.class).orElseThrow().search(PhoneNumber.of("+79161234567")))
                .isEmpty();
    }

    @Test
    void usersComeWithTheirExtensions() {
        assertThat(company.connector().role(AgentSource.class).orElseThrow().users())
                .anySatisfy(user -> assertThat(user.extension()).isEqualTo(new Extension("101")))
                .anySatisfy(user -> assertThat(user.active()).isFalse());
    }

    @Test
    void checkIsContentWithAPreparedOrganisation() {
        assertThat(company.connector("case.queue", "Support").check())
                .extracting(Finding::grade)
                .containsOnly(Finding.Grade.OK);
    }

    @Test
    void checkNamesWhatIsMissing() {
        company.org().removeCustomFields();
        List<Finding> findings = company.connector(
                        "case.queue", "Nobody", "call.status", "Done", "responsible", company.userNamed("109"))
                .check();

        assertThat(findings)
                .filteredOn(finding -> finding.grade() != Finding.Grade.OK)
                .extracting(Finding::where)
                .contains("call.keyField", "case.keyField", "case.queue", "call.status", "responsible");
        assertThat(findings)
                .extracting(Finding::advice)
                .anySatisfy(advice -> assertThat(advice).contains("create Call_Id__c on Activity"));
    }

    @Test
    void spentBudgetStopsTheSyncBeforeCalls() {
        Salesforce salesforce = company.connector("dailyApiBudget", "10", "dailyApiWarning", "50");
        for (int i = 0; i < 7; i++) {
            Company.logged(salesforce, Company.log(i, null, null));
        }

        assertThat(salesforce.health().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(salesforce.health().detail()).contains("dailyApiBudget");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> salesforce.role(AgentSource.class).orElseThrow().users()))
                .hasMessageContaining("the sync waits");
        assertThat(Company.logged(salesforce, Company.log(20, null, null))).isInstanceOf(Outcome.Done.class);
        assertThat(Company.logged(salesforce, Company.log(21, null, null))).isInstanceOf(Outcome.Done.class);
        assertThat(Company.logged(salesforce, Company.log(22, null, null))).isInstanceOf(Outcome.Retry.class);

        salesforce.close();
        assertThat(Company.logged(company.connector("dailyApiBudget", "10"), Company.log(22, null, null)))
                .as("a restart gives no new budget")
                .isInstanceOf(Outcome.Retry.class);
        company.clock().advance(Duration.ofHours(25));
        assertThat(Company.logged(company.connector("dailyApiBudget", "10"), Company.log(22, null, null)))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void organisationThatIsNearlyFullIsTold() {
        company.org().configure(Map.of("apiLimit", 10));
        Salesforce salesforce = company.connector();
        for (int i = 0; i < 9; i++) {
            Company.logged(salesforce, Company.log(i, null, null));
        }

        assertThat(salesforce.health().detail()).contains("of its 10 API requests");
        assertThat(salesforce.counts()).containsEntry("api_day_organisation_limit", 10L);
    }

    private static List<ContactRef> removed(ContactSource source, java.time.Instant since) {
        List<ContactRef> gone = new ArrayList<>();
        ContactSource.Page page = source.changedSince(since, "");
        gone.addAll(page.removed());
        while (!page.last()) {
            page = source.changedSince(since, page.next());
            gone.addAll(page.removed());
        }
        return gone;
    }

    @Test
    void removedContactsAreToldAgainAfterAPollThatFailed() {
        String boris = company.contact("Boris", "+74957000002");
        ContactRef ref = new ContactRef("main", ContactRef.Type.CONTACT, boris);
        ContactSource source = source(company.connector());
        java.time.Instant since = company.clock().instant();
        company.clock().advance(Duration.ofMinutes(6));
        company.org().remove(boris);
        company.clock().advance(Duration.ofMinutes(1));
        for (String failing : List.of("getDeleted/Account", "query")) {
            company.org().faults().set(Map.of("SERVER_UNAVAILABLE", true, "only", failing));
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> removed(source, since)))
                    .as(failing)
                    .isNotNull();
            company.org().faults().clear();
        }
        assertThat(removed(source, since)).contains(ref);

        java.time.Instant later = company.clock().instant();
        int asked = company.org().asked("getDeleted");
        company.clock().advance(Duration.ofMinutes(1));
        assertThat(removed(source, later)).doesNotContain(ref);
        assertThat(company.org().asked("getDeleted")).isEqualTo(asked);
        company.clock().advance(Duration.ofMinutes(10));
        assertThat(removed(source, later.plusSeconds(60))).doesNotContain(ref);
        assertThat(company.org().asked("getDeleted")).isGreaterThan(asked);
    }

    private static List<Contact> changed(ContactSource source, java.time.Instant since) {
        List<Contact> all = new ArrayList<>();
        ContactSource.Page page = source.changedSince(since, "");
        all.addAll(page.contacts());
        while (!page.last()) {
            page = source.changedSince(since, page.next());
            all.addAll(page.contacts());
        }
        return all;
    }

    @Test
    void changesThatALongTransactionHoldsBackAreToldLater() {
        company.org().configure(Map.of("coveredLagSeconds", 600));
        ContactSource source = source(company.connector("sync.changes", "replication"));
        company.contact("Anna", "+74957000001");
        company.clock().advance(Duration.ofMinutes(5));
        java.time.Instant began = company.clock().instant();
        assertThat(changed(source, began.minus(Duration.ofMinutes(6)))).isEmpty();

        company.clock().advance(Duration.ofMinutes(10));
        assertThat(changed(source, began.minus(Duration.ofMinutes(2)))).hasSize(1);
    }

    @Test
    void stampThatIsOlderThanTheLastPollIsReadToo() {
        ContactSource source = source(company.connector());
        company.contact("Anna", "+74957000001");
        company.clock().advance(Duration.ofMinutes(8));

        assertThat(changed(source, company.clock().instant())).hasSize(1);
    }

    @Test
    void manyReplicatedChangesAreReadInParts() {
        ContactSource source = source(company.connector("sync.changes", "replication", "sync.batch", "200"));
        java.util.Set<ContactRef> refs = new java.util.HashSet<>();
        for (int i = 0; i < 450; i++) {
            String id = company.contact("Contact " + i, Company.number(i).e164());
            refs.add(new ContactRef("main", ContactRef.Type.CONTACT, id));
        }

        assertThat(changed(source, company.clock().instant())).hasSize(450).doesNotHaveDuplicates();
        assertThat(source.fetch(refs)).hasSize(450);
    }

    @Test
    void limitOfSearchesDoesNotStopDeliveries() {
        Salesforce salesforce = company.connector();
        company.org().faults().set(Map.of("EXCEEDED_SEARCH_QUERY_RATE_LIMIT", true, "only", "search"));
        ContactSearch search = salesforce.role(ContactSearch.class).orElseThrow();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> search.search(PhoneNumber.of("+79161234567"))))
                .hasMessageContaining("EXCEEDED_SEARCH_QUERY_RATE_LIMIT");

        assertThat(Company.logged(salesforce, Company.log(1, null, null))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void checkNamesWhatSharingHides() {
        Salesforce salesforce = company.connector();
        for (int i = 0; i < 3; i++) {
            Company.logged(salesforce, Company.log(i, company.userNamed("101"), null));
        }
        assertThat(salesforce.check()).extracting(Finding::grade).containsOnly(Finding.Grade.OK);
        for (String sharing : List.of("private", "readOnly")) {
            company.org().configure(Map.of("sharing", sharing));
            assertThat(salesforce.check())
                    .as(sharing)
                    .filteredOn(finding -> finding.grade() == Finding.Grade.WARN)
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.what()).contains("last 3 tasks", "may change 0"));
        }
    }
}
