// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * What all accounts of a courier have in common. Immutable.
 *
 * @param outbox where the deliveries are
 * @param clock the time
 * @param policy what becomes of a delivery after an attempt
 * @param listener is told what became of each attempt
 * @param jitter the random part of a wait
 * @param rest how long an account that failed is left alone
 * @param size how much at once
 */
record Terms(
        Outbox outbox,
        Clock clock,
        RetryPolicy policy,
        Consumer<Delivery> listener,
        DoubleSupplier jitter,
        Gate.Rest rest,
        Size size) {
    /**
     * How much at once. Immutable.
     *
     * @param batch writes in one call to a role
     * @param together calls to the roles of one account
     */
    record Size(int batch, int together) {}
}
