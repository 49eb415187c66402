// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import io.cordboard.call.CallId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The deliveries on disk. Safe for use by many threads. */
public interface Outbox {
    /**
     * {@return deliveries of an account that may be tried now, oldest call first, at most one of a lane}
     *
     * @param account the CRM's id
     * @param now the time
     * @param limit the most to return
     */
    List<Delivery> due(String account, Instant now, int limit);

    /**
     * {@return deliveries of an account that may be tried now, newest first, at most one of a lane}
     *
     * @param account the CRM's id
     * @param now the time
     * @param limit the most to return
     */
    List<Delivery> dueNewest(String account, Instant now, int limit);

    /**
     * {@return when the next delivery of an account may be tried, if one waits for its time}
     *
     * @param account the CRM's id
     */
    Optional<Instant> nextDue(String account);

    /**
     * Replaces deliveries by their ids; they are on disk when this returns.
     *
     * @param deliveries the new versions
     */
    void update(List<Delivery> deliveries);

    /**
     * Lets all deliveries of an account be tried now that were tried in vain and wait for their time.
     *
     * @param account the CRM's id
     * @param now the time
     */
    void hasten(String account, Instant now);

    /**
     * {@return a delivery, if it is there}
     *
     * @param id its id
     */
    Optional<Delivery> find(long id);

    /**
     * {@return a delivery, if it is there}
     *
     * @param account the CRM's id
     * @param key its idempotency key
     */
    Optional<Delivery> find(String account, String key);

    /**
     * {@return the deliveries of one call, in the order of their ids}
     *
     * @param call the call
     */
    List<Delivery> of(CallId call);

    /**
     * {@return deliveries, newest first}
     *
     * @param state only those in this state, or null for all
     * @param limit the most to return
     */
    List<Delivery> list(Delivery.@Nullable State state, int limit);

    /**
     * {@return how many deliveries of an account are in a state}
     *
     * @param account the CRM's id
     * @param state the state
     */
    long count(String account, Delivery.State state);
}
