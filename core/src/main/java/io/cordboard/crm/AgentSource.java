// SPDX-License-Identifier: Apache-2.0
package io.cordboard.crm;

import io.cordboard.call.Extension;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A CRM whose users can be read. */
public interface AgentSource {
    /**
     * {@return the CRM's users}
     *
     * @throws io.cordboard.connector.ConnectorException when the CRM could not be asked
     */
    List<User> users();

    /**
     * One user of a CRM. Immutable.
     *
     * @param id the CRM's user id
     * @param name what to show
     * @param extension the extension that the CRM has for the user, or null
     * @param active whether the user still works there
     */
    record User(String id, String name, @Nullable Extension extension, boolean active) {}
}
