// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.ContactSource;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.CustomerDesk;
import io.cordboard.crm.Outcome;
import io.cordboard.testkit.amocrm.AmoCrmUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What becomes of callers whom the account does not know. */
final class UnknownCallersTest {
    @Test
    void unknownCallerIsAnIncomingLeadWithOneNote() {
        try (AmoCrmUnderTest crm = Samples.account()) {
            Outcome made = Samples.write(crm, Samples.customer(1, crm.user()));
            Samples.write(crm, Samples.log(1, crm.user(), null));

            assertThat(crm.account().asked("POST leads/unsorted/sip")).isEqualTo(1);
            assertThat(Samples.callNotes(crm)).singleElement().satisfies(note -> {
                assertThat(note.get("entity_type")).isEqualTo("leads");
                assertThat(made).isEqualTo(new Outcome.Done(String.valueOf(note.get("entity_id"))));
            });
            assertThat(crm.account().asked("POST calls")).isZero();
        }
    }

    @Test
    void strangerWhoCallsAgainAfterARestartIsTheSameIncomingLead() {
        try (AmoCrmUnderTest crm = Samples.account()) {
            Outcome first = Samples.write(crm, Samples.customer(9, crm.user()));
            crm.restart();
            CrmWrite.CreateCustomer again = Samples.customer(9, crm.user());
            CrmWrite.CreateCustomer second = new CrmWrite.CreateCustomer(
                    Samples.call(10),
                    again.type(),
                    again.title(),
                    again.customer(),
                    again.user(),
                    again.line(),
                    again.startedAt(),
                    again.connected());

            assertThat(Samples.write(crm, second)).isEqualTo(first);
            assertThat(crm.account().asked("POST leads/unsorted/sip")).isEqualTo(1);
        }
    }

    @Test
    void incomingLeadIsKnownByTheNumberOfItsContact() {
        try (AmoCrmUnderTest crm = Samples.account()) {
            Outcome made = Samples.write(crm, Samples.customer(2, crm.user()));
            ContactRef lead = new ContactRef("main", ContactRef.Type.LEAD, ((Outcome.Done) made).ref());
            List<Contact> found =
                    crm.connector().role(ContactSource.class).orElseThrow().fetch(Set.of(lead));

            assertThat(found)
                    .singleElement()
                    .extracting(Contact::phones)
                    .isEqualTo(List.of(Samples.number(2).e164()));
        }
    }

    @Test
    void accountThatInsistsOnALinkGetsOne() {
        try (AmoCrmUnderTest crm = Samples.account()) {
            crm.account().faults().set(Map.of("sipLinkRequired", true));

            assertThat(Samples.write(crm, Samples.customer(3, crm.user()))).isInstanceOf(Outcome.Done.class);
        }
    }

    @Test
    void accountWithoutIncomingLeadsGetsALead() {
        try (AmoCrmUnderTest crm = Samples.account()) {
            crm.account().faults().set(Map.of("unsortedOff", true));
            Outcome made = Samples.write(crm, Samples.customer(4, crm.user()));

            assertThat(made).isInstanceOf(Outcome.Done.class);
            assertThat(crm.account().asked("POST leads/complex")).isEqualTo(1);
        }
    }

    @Test
    void incomingLeadsThatWereAskedForByNameAreNotReplaced() {
        try (AmoCrmUnderTest crm = Samples.account("unknown", "unsorted")) {
            crm.account().faults().set(Map.of("unsortedOff", true));

            assertThat(Samples.write(crm, Samples.customer(5, crm.user()))).isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void answerOfLeadsMayBeHalOrABareArray() {
        for (boolean hal : new boolean[] {false, true}) {
            try (AmoCrmUnderTest crm = Samples.account("unknown", "lead")) {
                crm.account().faults().set(Map.of("complexHal", hal));
                Outcome made = Samples.write(crm, Samples.customer(6, crm.user()));
                Samples.write(crm, Samples.log(6, crm.user(), null));

                assertThat(made).isInstanceOf(Outcome.Done.class);
                assertThat(Samples.callNotes(crm))
                        .singleElement()
                        .extracting(note -> note.get("entity_type"))
                        .isEqualTo("leads");
            }
        }
    }

    @Test
    void manyCallsOfOneUnknownNumberAtOnceMakeOneCustomer() throws Exception {
        try (AmoCrmUnderTest crm = Samples.account()) {
            CustomerDesk desk = crm.connector().role(CustomerDesk.class).orElseThrow();
            List<Callable<List<Outcome>>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                CrmWrite.CreateCustomer one = Samples.customer(7, crm.user());
                CrmWrite.CreateCustomer write = new CrmWrite.CreateCustomer(
                        Samples.call(100 + i), one.type(), one.title(), one.customer(), one.user(), null);
                calls.add(() -> desk.create(List.of(new Attempt<>(write, write.call() + "/customer", 1, false))));
            }
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<List<Outcome>> call : threads.invokeAll(calls)) {
                outcomes.addAll(call.get());
            }
            threads.shutdownNow();

            assertThat(outcomes).isNotEmpty().allMatch(o -> o instanceof Outcome.Done || o instanceof Outcome.Retry);
            assertThat(crm.account().leads())
                    .filteredOn(lead -> Objects.requireNonNull(lead.get("name"))
                            .equals(Samples.number(7).e164()))
                    .hasSize(1);
        }
    }

    @Test
    void removedCustomerIsNotWrittenToForEver() {
        try (AmoCrmUnderTest crm = Samples.account("unknown", "contact")) {
            Outcome made = Samples.write(crm, Samples.customer(8, crm.user()));
            crm.contactVanishes(new ContactRef("main", ContactRef.Type.CONTACT, ((Outcome.Done) made).ref()));

            assertThat(Samples.write(crm, Samples.log(8, crm.user(), null))).isInstanceOf(Outcome.Done.class);
            assertThat(crm.records(Samples.number(8))).hasSize(1);
        }
    }
}
