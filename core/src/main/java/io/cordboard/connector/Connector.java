// SPDX-License-Identifier: Apache-2.0
package io.cordboard.connector;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One configured account at one vendor: a PBX or a CRM, and the roles that it plays.
 *
 * <p>A role that the vendor cannot play is absent. Roles may be asked for before {@link #start()}, and listeners
 * registered with them then; nothing is sent or received before it. Safe for use by many threads.
 */
public interface Connector extends AutoCloseable {
    /** {@return the account's id in the configuration, such as {@code hq}} */
    String account();

    /** {@return the vendor's name as configuration files write it, such as {@code asterisk}} */
    String vendor();

    /**
     * {@return the role, if this account plays it}
     *
     * @param role the interface of the role, from {@code io.cordboard.pbx} or {@code io.cordboard.crm}
     * @param <R> the role
     */
    <R> Optional<R> role(Class<R> role);

    /** {@return what vendors call, if they call} */
    Optional<Webhook> webhook();

    /** Begins to work; returns at once, even when the vendor cannot be reached. */
    void start();

    /** {@return how the account is, from memory, without asking the vendor} */
    Health health();

    /**
     * Asks the vendor whether everything is as it should be: reachability, credentials, rights, clock. May take some
     * seconds.
     *
     * @return one finding a line, good and bad
     */
    List<Finding> check();

    /** {@return what it has counted since it was made, by name such as {@code webhooks_refused_signature}} */
    default Map<String, Long> counts() {
        return Map.of();
    }

    /**
     * {@return how many writes of one kind a CRM takes in one request, from 1 to 200}
     *
     * <p>More are never handed to a role at once.
     */
    default int writesTogether() {
        return 50;
    }

    /** Stops within a few seconds; what is not finished is not lost, because it is in the store. */
    @Override
    void close();
}
