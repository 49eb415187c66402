// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.ConnectorException;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.ContactSearch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The CRM is asked whose number it is, in every spelling that people use. */
public interface ContactSearchContract extends CrmContract {
    /** The number that is searched in {@link #spelledNumberIsFound}. */
    PhoneNumber NUMBER = PhoneNumber.of("+79161234567");

    private List<ContactRef> found() {
        return role(ContactSearch.class).search(NUMBER).stream()
                .map(Contact::ref)
                .toList();
    }

    /** A number is found however it was typed. */
    @Test
    default void spelledNumberIsFound() {
        for (String spelling :
                List.of("+79161234567", "+7 (916) 123-45-67", "8 916 123-45-67", "8(916)1234567", "79161234567")) {
            ContactRef anna = crm().hasContact("Anna", List.of(spelling), crm().user());

            assertThat(found()).as(spelling).contains(anna);
            crm().contactVanishes(anna);
        }
    }

    /** Everybody who has the number is found. */
    @Test
    default void everybodyWhoHasTheNumberIsFound() {
        ContactRef anna = crm().hasContact("Anna", List.of("+7 (916) 123-45-67"), crm().user());
        ContactRef boris = crm().hasContact("Boris", List.of("89161234567"), crm().colleague());

        assertThat(found()).contains(anna, boris);
    }

    /** An unknown number is nobody's, which is an answer. */
    @Test
    default void unknownNumberIsNobodys() {
        assertThat(found()).isEmpty();
    }

    /** While the vendor is down, the reason says that trying again helps. */
    @Test
    default void outageIsAReasonToTryAgain() {
        crm().isDown();
        ConnectorException exception = catchThrowableOfType(ConnectorException.class, this::found);

        assertThat(exception.reason().retryable()).isTrue();
    }
}
