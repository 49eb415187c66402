// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cordboard.connector.ConnectorException;
import io.cordboard.crm.AgentSource;
import io.cordboard.crm.AgentSource.User;
import org.junit.jupiter.api.Test;

/** The CRM's users are read. */
public interface AgentSourceContract extends CrmContract {
    /** Everybody who works there is found once. */
    @Test
    default void everybodyWhoWorksThereIsFound() {
        assertThat(role(AgentSource.class).users())
                .filteredOn(User::active)
                .extracting(User::id)
                .contains(crm().user(), crm().colleague())
                .doesNotHaveDuplicates()
                .doesNotContain(crm().nobody());
    }

    /** While the vendor is down, the reason says that trying again helps. */
    @Test
    default void outageIsAReasonToTryAgain() {
        crm().isDown();
        ConnectorException exception = catchThrowableOfType(
                ConnectorException.class, () -> role(AgentSource.class).users());

        assertThat(exception.reason().retryable()).isTrue();
    }
}
