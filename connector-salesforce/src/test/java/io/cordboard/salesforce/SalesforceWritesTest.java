// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.call.Recording;
import io.cordboard.connector.Finding;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CallNotes;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.CustomerDesk;
import io.cordboard.crm.Escalations;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.Pages;
import io.cordboard.crm.RecordingArchive;
import io.cordboard.crm.TicketDesk;
import io.cordboard.pbx.Recordings;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.ticket.Priority;
import io.cordboard.ticket.TicketDraft;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SalesforceWritesTest {
    private final Company company = new Company(SandboxOptions.DEFAULTS.withStrict(true));

    @AfterEach
    void end() {
        company.close();
    }

    private static <R> R role(Salesforce salesforce, Class<R> role) {
        return salesforce.role(role).orElseThrow();
    }

    private Map<String, Object> onlyTask() {
        assertThat(company.org().rows("Task")).hasSize(1);
        return company.org().rows("Task").get(0);
    }

    private static CrmWrite.OpenTicket ticket(int call, @Nullable String department, @Nullable ContactRef contact) {
        TicketDraft draft =
                new TicketDraft("Call back " + call, "wants a red one", Priority.HIGH, null, department, null);
        return new CrmWrite.OpenTicket(Company.call(call), draft, contact, Company.number(call));
    }

    private static Outcome opened(Salesforce salesforce, CrmWrite.OpenTicket write) {
        return role(salesforce, TicketDesk.class)
                .open(List.of(new Attempt<>(write, write.call() + "/ticket", 1, false)))
                .get(0);
    }

    private static Outcome escalated(Salesforce salesforce, String ticket, String department) {
        CrmWrite.Escalate write =
                new CrmWrite.Escalate(Company.call(1), Company.call(1) + "/ticket", department, "is angry", null);
        return role(salesforce, Escalations.class)
                .escalate(List.of(new Escalations.Step(new Attempt<>(write, "esc", 1, false), ticket)))
                .get(0);
    }

    @Test
    void callIsATaskOnTheLocalDay() {
        Salesforce salesforce = company.connector("timeZone", "Europe/Moscow");
        String anna = company.contact("Anna", Company.number(1).e164());
        ContactRef ref = new ContactRef("main", ContactRef.Type.CONTACT, anna);
        Company.logged(salesforce, Company.log(1, company.userNamed("101"), ref));

        assertThat(onlyTask())
                .containsEntry("TaskSubtype", "Call")
                .containsEntry("CallType", "Inbound")
                .containsEntry("CallObject", "hq:1795365484.1")
                .containsEntry("CallDisposition", "Answered")
                .containsEntry("ActivityDate", "2026-11-23")
                .containsEntry("Status", "Completed")
                .containsEntry("OwnerId", company.userNamed("101"))
                .containsEntry("WhoId", anna)
                .containsEntry("Call_Id__c", "hq:1795365484.1");
        assertThat(Objects.requireNonNull(onlyTask().get("CallDurationInSeconds"))
                        .toString())
                .isEqualTo("95");
        assertThat(Objects.requireNonNull(onlyTask().get("Started__c")).toString())
                .startsWith("2026-11-22T21:30:00");
    }

    @Test
    void twoHundredCallsAreOneRequest() {
        Salesforce salesforce = company.connector();
        List<Attempt<CrmWrite.LogCall>> attempts = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            attempts.add(Company.attempt(Company.log(i, company.userNamed("101"), null)));
        }

        assertThat(role(salesforce, CallLog.class).log(attempts)).hasSize(400).allMatch(Outcome.Done.class::isInstance);
        assertThat(company.org().asked("upsert")).isEqualTo(2);
        assertThat(company.org().asked("query")).isZero();
    }

    @Test
    void correctionLeavesAloneWhatTheAgentWroteAndChose() {
        Salesforce salesforce = company.connector();
        Company.logged(salesforce, Company.log(1, null, null));
        CrmWrite.AddNote note = new CrmWrite.AddNote(Company.call(1), "wants a red one", "Sold", null);
        role(salesforce, CallNotes.class).add(List.of(new Attempt<>(note, "note", 1, false)));
        Company.logged(salesforce, Company.log(1, company.userNamed("102"), null, 1));

        assertThat(onlyTask())
                .containsEntry("CallDisposition", "Sold")
                .containsEntry("OwnerId", company.userNamed("102"));
        assertThat(Objects.requireNonNull(onlyTask().get("Description")).toString())
                .contains("Line: 74951110001", "wants a red one");
    }

    @Test
    void forgottenTaskIsChangedAndNotMadeAgain() {
        Company.logged(company.connector(), Company.log(1, null, null));
        company.memory().startingWith("call.").keySet().forEach(company.memory()::remove);
        Outcome outcome = Company.logged(company.connector(), Company.log(1, company.userNamed("102"), null, 1));

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(onlyTask()).containsEntry("TaskSubtype", "Call").containsEntry("OwnerId", company.userNamed("102"));
    }

    @Test
    void callOfSomebodyWhoLeftGoesToTheResponsible() {
        Salesforce salesforce = company.connector("responsible", company.userNamed("103"));
        Company.logged(salesforce, Company.log(1, company.userNamed("109"), null));

        assertThat(onlyTask()).containsEntry("OwnerId", company.userNamed("103"));
    }

    @Test
    void callOfARemovedContactIsKeptWithoutIt() {
        String anna = company.contact("Anna", "+74957000001");
        company.org().remove(anna);
        ContactRef ref = new ContactRef("main", ContactRef.Type.CONTACT, anna);
        Company.logged(company.connector(), Company.log(1, company.userNamed("101"), ref));

        assertThat(onlyTask()).doesNotContainKey("WhoId").containsEntry("OwnerId", company.userNamed("101"));
    }

    @Test
    void lockedCustomerDelaysOneCallOnly() {
        String anna = company.contact("Anna", "+74957000001");
        company.org().lock(anna, 1);
        ContactRef ref = new ContactRef("main", ContactRef.Type.CONTACT, anna);
        List<Outcome> outcomes = role(company.connector(), CallLog.class)
                .log(List.of(Company.attempt(Company.log(1, null, ref)), Company.attempt(Company.log(2, null, null))));

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Retry.class);
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void eachCodeOfARecordHasItsOutcome() {
        Map<String, Class<?>> expected = Map.of(
                "UNABLE_TO_LOCK_ROW", Outcome.Retry.class,
                "STORAGE_LIMIT_EXCEEDED", Outcome.Retry.class,
                "FIELD_CUSTOM_VALIDATION_EXCEPTION", Outcome.Refused.class,
                "CANNOT_EXECUTE_FLOW_TRIGGER", Outcome.Refused.class,
                "LIMIT_EXCEEDED", Outcome.Refused.class);
        Salesforce salesforce = company.connector();
        expected.forEach((code, outcome) -> {
            company.org().faults().set(Map.of(code, true));
            assertThat(Company.logged(salesforce, Company.log(1, null, null)))
                    .as(code)
                    .isInstanceOf(outcome);
            company.org().faults().clear();
        });
    }

    @Test
    void eachCodeOfARequestHasItsOutcome() {
        Map<String, Class<?>> expected = Map.of(
                "SERVER_UNAVAILABLE", Outcome.Retry.class,
                "lockedCall", Outcome.Retry.class,
                "ORG_LOCKED", Outcome.Retry.class,
                "UNKNOWN_EXCEPTION", Outcome.Unclear.class,
                "BRAND_NEW_EXCEPTION_CODE", Outcome.Unclear.class,
                "unknownElement", Outcome.Unclear.class,
                "empty500", Outcome.Unclear.class,
                "empty200", Outcome.Unclear.class,
                "INSUFFICIENT_ACCESS", Outcome.Refused.class);
        Salesforce salesforce = company.connector();
        Company.logged(salesforce, Company.log(2, null, null));
        expected.forEach((code, outcome) -> {
            company.org().faults().set(Map.of(code, true, "only", "upsert"));
            assertThat(Company.logged(salesforce, Company.log(1, null, null)))
                    .as(code)
                    .isInstanceOf(outcome);
            company.org().faults().clear();
        });
        assertThat(Company.logged(salesforce, Company.log(1, null, null))).isInstanceOf(Outcome.Done.class);
        assertThat(company.org().rows("Task")).hasSize(2);
    }

    @Test
    void statusThatTheLibraryDoesNotKnowDoesNotSpoilTheOthers() {
        Salesforce salesforce = company.connector();
        List<Attempt<CrmWrite.LogCall>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            attempts.add(Company.attempt(Company.log(i, null, null)));
        }
        company.org().faults().set(Map.of("unknownStatusCode", 2, "only", "upsert"));
        List<Outcome> outcomes = role(salesforce, CallLog.class).log(attempts);

        assertThat(outcomes).filteredOn(Outcome.Done.class::isInstance).hasSizeGreaterThanOrEqualTo(4);
        assertThat(company.org().rows("Task")).hasSize(8);
    }

    @Test
    void ticketIsACaseWithItsCall() {
        Salesforce salesforce = company.connector();
        String anna = company.contact("Anna", Company.number(1).e164());
        ContactRef ref = new ContactRef("main", ContactRef.Type.CONTACT, anna);
        Company.logged(salesforce, Company.log(1, null, ref));
        Outcome.Done done = (Outcome.Done) opened(salesforce, ticket(1, "Support", ref));

        assertThat(company.org().rows("Case").get(0))
                .containsEntry("Origin", "Phone")
                .containsEntry("Priority", "High")
                .containsEntry("ContactId", anna)
                .containsEntry("OwnerId", company.queue("Support"))
                .containsEntry("SuppliedPhone", Company.number(1).e164());
        assertThat(onlyTask()).containsEntry("WhatId", done.ref()).containsEntry("WhoId", anna);
        assertThat(role(salesforce, Pages.class).page(ticket(1, null, ref), done.ref()))
                .hasValueSatisfying(page -> assertThat(page).hasPath("/lightning/r/Case/" + done.ref() + "/view"));
    }

    @Test
    void unknownDepartmentIsRefusedWithTheNamesThatThereAre() {
        assertThat(opened(company.connector(), ticket(1, "Nowhere", null)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("Support", "case.departments"));
    }

    @Test
    void caseGoesOnToADepartmentOnceWithOneComment() {
        Salesforce salesforce = company.connector("case.departments.Second line", "Escalations");
        Outcome.Done done = (Outcome.Done) opened(salesforce, ticket(1, null, null));
        company.org().faults().set(io.cordboard.testkit.Faults.Kind.LOST_ANSWER, 1, "update");
        assertThat(escalated(salesforce, done.ref(), "Second line")).isInstanceOf(Outcome.Unclear.class);
        assertThat(escalated(salesforce, done.ref(), "Second line")).isInstanceOf(Outcome.Done.class);

        assertThat(company.org().rows("Case").get(0))
                .containsEntry("OwnerId", company.queue("Escalations"))
                .containsEntry("Status", "Escalated");
        assertThat(company.org().rows("CaseComment"))
                .singleElement()
                .satisfies(comment -> assertThat(comment).containsEntry("CommentBody", "is angry"));
    }

    private static Outcome customer(Salesforce salesforce, int call) {
        CrmWrite.CreateCustomer write = new CrmWrite.CreateCustomer(
                Company.call(call),
                ContactRef.Type.LEAD,
                Company.number(1).e164(),
                Company.number(1),
                null,
                "74951110001");
        return role(salesforce, CustomerDesk.class)
                .create(List.of(new Attempt<>(write, write.call() + "/customer", 1, false)))
                .get(0);
    }

    @Test
    void callBelongsToTheLeadThatItMade() {
        Salesforce salesforce = company.connector();
        Outcome.Done lead = (Outcome.Done) customer(salesforce, 1);
        Company.logged(salesforce, Company.log(1, null, null));

        assertThat(company.org().rows("Lead").get(0))
                .containsEntry("Company", "[not provided]")
                .containsEntry("LeadSource", "Phone Inquiry");
        assertThat(onlyTask()).containsEntry("WhoId", lead.ref());
    }

    @Test
    void leadThatTheSearchDoesNotKnowYetIsNotMadeAgain() {
        company.org().configure(Map.of("searchLagSeconds", 900));
        Salesforce salesforce = company.connector();
        Outcome first = customer(salesforce, 1);

        assertThat(customer(salesforce, 2)).isEqualTo(first);
        assertThat(company.org().rows("Lead")).hasSize(1);
    }

    @Test
    void whomTheDuplicateRuleKnowsIsTaken() {
        company.org().configure(Map.of("searchLagSeconds", 900, "duplicateRule", "block"));
        String anna = company.contact("Anna", "8 (495) 700-10-01");

        assertThat(customer(company.connector(), 1)).isEqualTo(new Outcome.Done(anna));
        assertThat(company.org().rows("Lead")).isEmpty();
    }

    @Test
    void ruleThatOnlyWarnsMayBeOverruled() {
        company.org().configure(Map.of("searchLagSeconds", 900, "duplicateRule", "alert"));
        company.contact("Anna", "8 (495) 700-10-01");

        assertThat(customer(company.connector("customer.duplicates", "refuse"), 1))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(customer(company.connector("customer.duplicates", "create"), 1))
                .isInstanceOf(Outcome.Done.class);
        assertThat(company.org().rows("Lead")).hasSize(1);
    }

    private static Outcome recorded(Salesforce salesforce, @Nullable URI link) {
        CrmWrite.AttachRecording write = new CrmWrite.AttachRecording(Company.call(1), new Recording("1.mp3", null));
        return role(salesforce, RecordingArchive.class)
                .attach(
                        new Attempt<>(write, "recording", 1, false),
                        new Recordings.Ready("1.mp3", 3, link, () -> new ByteArrayInputStream(new byte[] {1, 2, 3})));
    }

    @Test
    void linkGoesIntoItsFieldOrBelowTheText() {
        URI link = URI.create("https://pbx.example/1.mp3");
        Salesforce salesforce = company.connector("recordings", "link");
        Company.logged(salesforce, Company.log(1, null, null));
        assertThat(recorded(salesforce, link)).isInstanceOf(Outcome.Done.class);
        assertThat(onlyTask()).containsEntry("Recording_Url__c", link.toString());

        company.org().removeField("Task", "Recording_Url__c");
        Salesforce another = company.connector("recordings", "link");
        recorded(another, link);
        recorded(another, link);
        assertThat(Objects.requireNonNull(onlyTask().get("Description")).toString())
                .containsOnlyOnce(link.toString());
    }

    @Test
    void recordingWithoutALinkSaysWhatToSet() {
        Salesforce salesforce = company.connector("recordings", "link");
        Company.logged(salesforce, Company.log(1, null, null));

        assertThat(recorded(salesforce, null))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("recordings: file"));
    }

    @Test
    void ruleThatGoesByTheCompanyDoesNotMakeAStrangerTheCaller() {
        company.org().configure(Map.of("duplicateRule", "alert", "duplicateBy", "name"));
        String stranger = company.org()
                .add("Lead", Map.of("LastName", "V", "Company", "[not provided]", "Phone", "+74957009999"));

        assertThat(customer(company.connector(), 1))
                .isInstanceOf(Outcome.Done.class)
                .isNotEqualTo(new Outcome.Done(stranger));
        company.org().configure(Map.of("duplicateRule", "block"));
        company.org().remove(company.org().rows("Lead").get(1).get("Id").toString());
        company.memory().startingWith("customer.").keySet().forEach(company.memory()::remove);
        assertThat(customer(company.connector(), 2)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void leadThatTheRuleKnowsIsTheContactThatItBecame() {
        company.org().configure(Map.of("duplicateRule", "block"));
        String anna = company.contact("Anna", "+74957008888");
        company.org()
                .add(
                        "Lead",
                        Map.of(
                                "LastName",
                                "Anna",
                                "Company",
                                "A",
                                "Phone",
                                "8 (495) 700-10-01",
                                "IsConverted",
                                "true",
                                "ConvertedContactId",
                                anna));

        assertThat(customer(company.connector(), 1)).isEqualTo(new Outcome.Done(anna));
    }

    @Test
    void fieldThatTheUserMayNotSetIsLeftOutOfCases() {
        for (String field : List.of("Subject", "SuppliedPhone", "Origin", "IsEscalated", "Comments")) {
            company.org().removeField("Case", field);
        }
        Salesforce salesforce = company.connector();
        Outcome.Done done = (Outcome.Done) opened(salesforce, ticket(1, "Support", null));

        assertThat(escalated(salesforce, done.ref(), "Escalations")).isInstanceOf(Outcome.Done.class);
        assertThat(company.org().rows("Case").get(0)).containsEntry("OwnerId", company.queue("Escalations"));
        assertThat(Objects.requireNonNull(company.org().rows("Case").get(0).get("Description"))
                        .toString())
                .contains("Call back 1", "wants a red one", "is angry");
        assertThat(salesforce.check())
                .extracting(Finding::what)
                .anySatisfy(what -> assertThat(what).contains("Subject", "Comments"));
    }

    @Test
    void statusThatTheOrganisationDoesNotHaveIsLeftOut() {
        company.org().addField("Case", "Status; picklist 255; restricted; default New; values New|Second line|Closed");
        Salesforce salesforce = company.connector();
        Outcome.Done done = (Outcome.Done) opened(salesforce, ticket(1, "Support", null));

        assertThat(escalated(salesforce, done.ref(), "Escalations")).isInstanceOf(Outcome.Done.class);
        assertThat(company.org().rows("Case").get(0)).containsEntry("Status", "New");
        assertThat(salesforce.check()).extracting(Finding::where).contains("case.escalatedStatus");
    }

    @Test
    void callerOfManyCallsIsOneLeadWhenTheyAreBroughtAtOnce() throws Exception {
        Salesforce salesforce = company.connector();
        company.org().faults().set(io.cordboard.testkit.Faults.Kind.SLOW, 100);
        List<Callable<Outcome>> calls = List.of(
                () -> customer(salesforce, 1), () -> customer(salesforce, 2), () -> customer(salesforce, 3));
        ExecutorService workers = Executors.newFixedThreadPool(calls.size());
        try {
            for (Future<Outcome> outcome : workers.invokeAll(calls)) {
                assertThat(outcome.get()).isInstanceOf(Outcome.Done.class);
            }
        } finally {
            workers.shutdownNow();
        }

        assertThat(company.org().rows("Lead")).hasSize(1);
    }

    private static Outcome noted(Salesforce salesforce, String text, int attempt, boolean lookFirst) {
        CrmWrite.AddNote note = new CrmWrite.AddNote(Company.call(1), text, null, null);
        return role(salesforce, CallNotes.class)
                .add(List.of(new Attempt<>(note, "note " + text, attempt, lookFirst)))
                .get(0);
    }

    @Test
    void noteThatIsAPartOfTheTextIsAddedAllTheSame() {
        Salesforce salesforce = company.connector();
        Company.logged(salesforce, Company.log(1, null, null));
        assertThat(noted(salesforce, "Call", 2, false)).isInstanceOf(Outcome.Done.class);
        assertThat(noted(salesforce, "1", 1, true)).isInstanceOf(Outcome.Done.class);
        company.org().faults().set(Map.of("SERVER_UNAVAILABLE", true, "only", "update"));
        assertThat(noted(salesforce, "Line", 1, false)).isInstanceOf(Outcome.Retry.class);
        company.org().faults().clear();
        assertThat(noted(salesforce, "Line", 2, false)).isInstanceOf(Outcome.Done.class);
        assertThat(noted(salesforce, "Line", 3, true)).isInstanceOf(Outcome.Done.class);

        assertThat(Objects.requireNonNull(onlyTask().get("Description")).toString())
                .endsWith("\n\nCall\n\n1\n\nLine");
    }

    @Test
    void pageOfAGatewayParksNothing() {
        Salesforce salesforce = company.connector();
        company.org().faults().set(Map.of("page404", true));
        assertThat(Company.logged(salesforce, Company.log(1, null, null))).isInstanceOf(Outcome.Retry.class);
        company.org().faults().set(Map.of("page404", true, "only", "upsert"));
        assertThat(Company.logged(salesforce, Company.log(1, null, null))).isInstanceOf(Outcome.Retry.class);
        company.org().faults().clear();

        assertThat(Company.logged(salesforce, Company.log(1, null, null))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void userWhoSeesNothingIsAskedForAgainSoon() {
        Salesforce salesforce = company.connector();
        company.org().faults().set(Map.of("INSUFFICIENT_ACCESS", true));
        Company.logged(salesforce, Company.log(1, null, null));
        company.org().faults().clear();
        company.clock().advance(Duration.ofMinutes(2));

        assertThat(Company.logged(salesforce, Company.log(1, null, null))).isInstanceOf(Outcome.Done.class);
        assertThat(onlyTask()).containsEntry("Call_Id__c", Company.call(1).toString());
    }
}
