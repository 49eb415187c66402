// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Health;
import org.jspecify.annotations.Nullable;

/** Whether the portal answers, as the last requests found it. Safe for use by many threads. */
final class Pulse {
    private static final int ENOUGH = 3;

    private final Object lock = new Object();
    private int failures;
    private @Nullable ConnectorException last;
    private @Nullable String limited;

    void answered() {
        synchronized (lock) {
            failures = 0;
            last = null;
        }
    }

    void failed(ConnectorException why) {
        synchronized (lock) {
            failures++;
            last = why;
        }
    }

    /** Something is done in a lesser way than it could be. */
    void limited(String how) {
        synchronized (lock) {
            limited = how;
        }
    }

    Health health(boolean needsPerson) {
        synchronized (lock) {
            if (needsPerson) {
                return new Health(Health.Status.REAUTHORISE, "the portal no longer accepts the app: install it again");
            }
            if (last != null) {
                String detail = String.valueOf(last.getMessage());
                return failures >= ENOUGH ? Health.down(detail) : Health.degraded(detail);
            }
            return limited == null ? Health.UP : Health.degraded(limited);
        }
    }
}
