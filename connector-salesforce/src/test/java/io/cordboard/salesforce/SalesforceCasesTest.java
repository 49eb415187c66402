// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.connector.Finding;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Escalations;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.Pages;
import io.cordboard.crm.TicketDesk;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.ticket.Priority;
import io.cordboard.ticket.TicketDraft;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SalesforceCasesTest {
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
    void callStaysAtItsCase() {
        Salesforce salesforce = company.connector();
        String works = company.org()
                .add(
                        "Account",
                        Map.of("Name", "Works", "Phone", Company.number(1).e164()));
        ContactRef ref = new ContactRef("main", ContactRef.Type.COMPANY, works);
        Company.logged(salesforce, Company.log(1, null, ref));
        assertThat(onlyTask()).containsEntry("WhatId", works);
        Outcome.Done done = (Outcome.Done) opened(salesforce, ticket(1, null, ref));
        Company.logged(salesforce, Company.log(1, null, ref, 1));

        assertThat(onlyTask()).containsEntry("WhatId", done.ref());
    }

    @Test
    void callThatIsLoggedAfterItsTicketIsPutToTheCase() {
        Salesforce salesforce = company.connector();
        String anna = company.contact("Anna", Company.number(1).e164());
        ContactRef ref = new ContactRef("main", ContactRef.Type.CONTACT, anna);
        Outcome.Done done = (Outcome.Done) opened(salesforce, ticket(1, null, ref));
        Company.logged(salesforce, Company.log(1, null, ref));

        assertThat(onlyTask()).containsEntry("WhatId", done.ref()).containsEntry("WhoId", anna);
    }

    @Test
    void callThatAPersonPutElsewhereStaysThere() {
        Salesforce salesforce = company.connector();
        String anna = company.contact("Anna", Company.number(1).e164());
        String boris = company.contact("Boris", Company.number(2).e164());
        Company.logged(salesforce, Company.log(1, null, new ContactRef("main", ContactRef.Type.CONTACT, anna)));
        company.org().change(String.valueOf(onlyTask().get("Id")), Map.of("WhoId", boris));
        Company.logged(salesforce, Company.log(1, null, new ContactRef("main", ContactRef.Type.CONTACT, anna), 1));
        assertThat(onlyTask()).containsEntry("WhoId", boris);

        String vera = company.contact("Vera", Company.number(3).e164());
        Company.logged(salesforce, Company.log(1, null, new ContactRef("main", ContactRef.Type.CONTACT, vera), 2));
        assertThat(onlyTask()).containsEntry("WhoId", vera);
    }

    @Test
    void refusalSaysThatTheCaseMayBeHidden() {
        Salesforce salesforce = company.connector();
        Outcome.Done done = (Outcome.Done) opened(salesforce, ticket(1, "Support", null));
        company.org().configure(Map.of("sharing", "private"));

        assertThat(escalated(salesforce, done.ref(), "Escalations"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("not visible to the user of the connection"));
    }
}
