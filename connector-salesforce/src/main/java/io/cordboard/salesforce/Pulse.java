// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Health;
import io.cordboard.connector.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the organisation answers, as the last requests found it. Safe for use by many threads. */
final class Pulse {
    private static final int ENOUGH = 3;

    private final Object lock = new Object();
    private int failures;
    private @Nullable ConnectorException last;

    void answered() {
        synchronized (lock) {
            failures = 0;
            last = null;
        }
    }

    /** A refusal is an answer too: only what says something of the organisation itself counts. */
    void failed(ConnectorException why) {
        if (!why.reason().retryable()) {
            return;
        }
        synchronized (lock) {
            failures++;
            last = why;
        }
    }

    Health health(boolean needsPerson, Optional<String> worry) {
        synchronized (lock) {
            String detail = last == null ? "" : String.valueOf(last.getMessage());
            if (needsPerson || (last != null && last.reason() == Reason.REAUTHORISE)) {
                return new Health(
                        Health.Status.REAUTHORISE,
                        detail.isEmpty() ? "the organisation no longer lets the app sign in" : detail);
            }
            if (last != null) {
                boolean down = failures >= ENOUGH && last.reason() != Reason.RATE_LIMITED;
                return down ? Health.down(detail) : Health.degraded(detail);
            }
            return worry.map(Health::degraded).orElse(Health.UP);
        }
    }
}
