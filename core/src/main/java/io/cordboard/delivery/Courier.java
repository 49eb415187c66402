// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

/**
 * Brings deliveries from the outbox to the CRMs: one ordered lane per call, one budget per account, batches, retries,
 * nothing dropped.
 */
public final class Courier implements AutoCloseable {
    @Override
    public void close() {}
}
