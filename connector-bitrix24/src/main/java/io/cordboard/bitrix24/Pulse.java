// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Health;
import io.cordboard.connector.Reason;
import org.jspecify.annotations.Nullable;

/** Whether the portal answers, as the last requests found it. Safe for use by many threads. */
final class Pulse {
    private static final int ENOUGH = 3;

    private final Object lock = new Object();
    private int failures;
    private @Nullable ConnectorException last;
    private @Nullable String limited;
    private @Nullable String refused;

    void answered() {
        synchronized (lock) {
            failures = 0;
            last = null;
            refused = null;
        }
    }

    void failed(ConnectorException why) {
        synchronized (lock) {
            failures++;
            last = why;
        }
    }

    /** The portal answers, and no longer accepts this program. */
    void refused(Fault why) {
        synchronized (lock) {
            refused = String.valueOf(why.asException().getMessage());
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
            if (refused != null) {
                return new Health(Health.Status.REAUTHORISE, refused);
            }
            if (last != null) {
                String detail = String.valueOf(last.getMessage());
                boolean down = failures >= ENOUGH && last.reason() != Reason.RATE_LIMITED;
                return down ? Health.down(detail) : Health.degraded(detail);
            }
            return limited == null ? Health.UP : Health.degraded(limited);
        }
    }
}
