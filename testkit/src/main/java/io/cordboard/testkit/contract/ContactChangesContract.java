// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.contact.ContactRef;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is added, changed or removed in the CRM is told. */
public interface ContactChangesContract extends CrmContract {
    /** {@return the contacts that the listener was told have changed} */
    Set<ContactRef> changed();

    /** {@return the contacts that the listener was told are removed} */
    Set<ContactRef> removed();

    /** An added, a changed and a removed contact are told. */
    @Test
    default void changesAreTold() {
        ContactRef anna = crm().hasContact("Anna", List.of("+74957000001"), crm().user());
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(changed()).contains(anna));

        ContactRef boris = crm().hasContact("Boris", List.of("+74957000002"), crm().user());
        crm().contactChanges(boris, List.of("+74957000003"));
        crm().contactVanishes(anna);
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            assertThat(changed()).contains(boris);
            assertThat(removed()).containsExactly(anna);
        });
    }
}
