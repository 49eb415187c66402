// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.call.PhoneNumber;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.CustomerDesk;
import io.cordboard.crm.Outcome;
import io.cordboard.testkit.SandboxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SalesforceCustomersTest {
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

    @Test
    void ruleThatGoesByTheCompanyDoesNotMakeAStrangerTheCaller() {
        company.org().configure(Map.of("duplicateRule", "alert", "duplicateBy", "name"));
        String stranger = company.org()
                .add("Lead", Map.of("LastName", "V", "Company", "[not provided]", "Phone", "+74957009999"));

        assertThat(customer(company.connector(), 1))
                .isInstanceOf(Outcome.Done.class)
                .isNotEqualTo(new Outcome.Done(stranger));
        company.org().configure(Map.of("duplicateRule", "block"));
        company.org().remove(String.valueOf(company.org().rows("Lead").get(1).get("Id")));
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
    void callerOfManyCallsIsOneLeadWhenTheyAreBroughtAtOnce() throws Exception {
        Salesforce salesforce = company.connector();
        company.org().faults().set(io.cordboard.testkit.Faults.Kind.SLOW, 100);
        List<Callable<Outcome>> calls =
                List.of(() -> customer(salesforce, 1), () -> customer(salesforce, 2), () -> customer(salesforce, 3));
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

    @Test
    void manyCallersAtOnceAreAllLookedFor() {
        List<Attempt<CrmWrite.CreateCustomer>> attempts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            company.contact("Contact " + i, "8 (495) 70" + i / 10 + "-" + (10 + i) + "-01");
            PhoneNumber number = PhoneNumber.of("+749570" + i / 10 + (10 + i) + "01");
            CrmWrite.CreateCustomer write = new CrmWrite.CreateCustomer(
                    Company.call(i), ContactRef.Type.LEAD, number.e164(), number, null, null);
            attempts.add(new Attempt<>(write, write.call() + "/customer", 1, false));
        }

        assertThat(role(company.connector(), CustomerDesk.class).create(attempts))
                .allMatch(Outcome.Done.class::isInstance);
        assertThat(company.org().rows("Lead")).isEmpty();
    }
}
