// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cordboard.connector.ConnectorException;
import io.cordboard.crm.WorkTime;
import io.cordboard.crm.WorkTime.Day;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The working days of users are read and changed. */
public interface WorkTimeContract extends CrmContract {
    /**
     * Lets a user's day stand so, as if the user had done it in the CRM.
     *
     * @param user the user's id
     * @param day how it stands
     */
    void dayBecomes(String user, Day day);

    /** {@return how the day of a user stands in the CRM} */
    Day dayOf(String user);

    /** Each user's day is told, and whoever is nobody's user is left out. */
    @Test
    default void daysAreTold() {
        dayBecomes(crm().user(), Day.PAUSED);
        dayBecomes(crm().colleague(), Day.CLOSED);

        assertThat(role(WorkTime.class).days(Set.of(crm().user(), crm().colleague(), crm().nobody())))
                .containsEntry(crm().user(), Day.PAUSED)
                .containsEntry(crm().colleague(), Day.CLOSED)
                .hasSize(2);
    }

    /** From each state to each other one, and to itself. */
    @Test
    default void everyChangeIsMade() {
        for (Day before : Day.values()) {
            for (Day wanted : Day.values()) {
                dayBecomes(crm().user(), before);

                role(WorkTime.class).change(crm().user(), wanted);

                assertThat(dayOf(crm().user())).as("from %s", before).isEqualTo(wanted);
            }
        }
    }

    /** While the vendor is down, the reason says that trying again helps; afterwards it does. */
    @Test
    default void outageIsAReasonToTryAgain() {
        dayBecomes(crm().user(), Day.OPEN);
        crm().isDown();
        ConnectorException exception = catchThrowableOfType(
                ConnectorException.class, () -> role(WorkTime.class).change(crm().user(), Day.PAUSED));
        crm().isWell();

        assertThat(exception.reason().retryable()).isTrue();
        role(WorkTime.class).change(crm().user(), Day.PAUSED);
        assertThat(dayOf(crm().user())).isEqualTo(Day.PAUSED);
    }
}
