// SPDX-License-Identifier: Apache-2.0
package io.cordboard.crm;

import java.util.Map;
import java.util.Set;

/** A CRM that keeps its users' working days. */
public interface WorkTime {
    /**
     * {@return how the working days of users stand; who has none in the CRM is absent}
     *
     * <p>Asked about once a minute. Costs one request for every 50 users or less.
     *
     * @param users ids of users
     * @throws io.cordboard.connector.ConnectorException when the CRM cannot be asked
     */
    Map<String, Day> days(Set<String> users);

    /**
     * Begins, interrupts, goes on with or ends a user's working day. What is so already stays so.
     *
     * @param user the user's id
     * @param wanted how the day should stand
     * @throws io.cordboard.connector.ConnectorException when the CRM did not do it
     */
    void change(String user, Day wanted);

    /** How somebody's working day stands. */
    enum Day {
        /** It has begun. */
        OPEN,
        /** It is interrupted. */
        PAUSED,
        /** It has not begun, or is over. */
        CLOSED
    }
}
