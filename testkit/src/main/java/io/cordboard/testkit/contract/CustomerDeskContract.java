// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.contact.ContactRef;
import io.cordboard.crm.CrmWrite.CreateCustomer;
import io.cordboard.crm.CustomerDesk;
import io.cordboard.crm.Outcome;
import io.cordboard.testkit.contract.CrmUnderTest.Write;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An unknown caller becomes one customer. */
public interface CustomerDeskContract extends CrmContract {
    private CreateCustomer customer(int call) {
        return new CreateCustomer(
                Writes.call(call),
                ContactRef.Type.LEAD,
                "Unknown caller " + call,
                Writes.customer(call),
                crm().user(),
                null);
    }

    private Engine<CreateCustomer> engine(CreateCustomer write) {
        return new Engine<>(
                write,
                "customer/" + write.call(),
                attempt -> role(CustomerDesk.class).create(List.of(attempt)).get(0));
    }

    private int newcomers(Set<ContactRef> before) {
        return (int)
                crm().withNumber().stream().filter(ref -> !before.contains(ref)).count();
    }

    /** An unknown caller is created. */
    @Test
    default void unknownCallerIsCreated() {
        Set<ContactRef> before = crm().withNumber();
        Outcome outcome = engine(customer(1)).untilSettled();

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(newcomers(before)).isEqualTo(1);
    }

    /** The same write twice is one customer. */
    @Test
    default void sameCustomerTwiceIsOneCustomer() {
        Set<ContactRef> before = crm().withNumber();
        engine(customer(2)).untilSettled();
        crm().restart();
        engine(customer(2)).untilSettled();

        assertThat(newcomers(before)).isEqualTo(1);
    }

    /** Somebody whom a person created in the meantime is not created again. */
    @Test
    default void customerWhoExistsIsNotCreatedAgain() {
        crm().hasContact("Anna", List.of(Writes.customer(3).e164()), crm().user());
        Set<ContactRef> before = crm().withNumber();
        Outcome outcome = engine(customer(3)).untilSettled();

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(newcomers(before)).isZero();
    }

    /** A lost answer, at any step, leaves one customer, even when the process dies then. */
    @Test
    default void lostAnswerLeavesOneCustomer() {
        int call = 10;
        for (String step : crm().stepsOf(Write.CUSTOMER)) {
            call++;
            Set<ContactRef> before = crm().withNumber();
            crm().losesAnswers(1, step);
            engine(customer(call)).once();
            crm().isWell();
            crm().restart();
            Outcome outcome = engine(customer(call)).afterCrash().untilSettled();

            assertThat(outcome).as(step).isInstanceOf(Outcome.Done.class);
            assertThat(newcomers(before)).as(step).isEqualTo(1);
        }
        assertThat(crm().answersLost()).as("answers that were lost").isPositive();
    }
}
