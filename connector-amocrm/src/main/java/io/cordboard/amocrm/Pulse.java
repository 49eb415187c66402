// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Health;
import io.cordboard.connector.Reason;
import org.jspecify.annotations.Nullable;

/** Whether the account answers, as the last requests found it. Safe for use by many threads. */
final class Pulse {
    private static final int ENOUGH = 3;

    private final Object lock = new Object();
    private int failures;
    private @Nullable ConnectorException last;
    private @Nullable String refused;
    private @Nullable String blocked;
    private @Nullable String limited;

    void answered() {
        synchronized (lock) {
            failures = 0;
            last = null;
            refused = null;
            blocked = null;
        }
    }

    void failed(ConnectorException why) {
        synchronized (lock) {
            failures++;
            last = why;
        }
    }

    /** The account answers, and no longer accepts this program. */
    void refused(String why) {
        synchronized (lock) {
            refused = why;
        }
    }

    /** The account shuts this program's address out. */
    void blocked(String why) {
        synchronized (lock) {
            blocked = why;
        }
    }

    /** Something is done in a lesser way than it could be; null when it no longer is. */
    void limited(@Nullable String how) {
        synchronized (lock) {
            limited = how;
        }
    }

    Health health(boolean needsPerson) {
        synchronized (lock) {
            if (needsPerson) {
                return new Health(
                        Health.Status.REAUTHORISE, "the account no longer accepts the integration: connect it again");
            }
            if (refused != null) {
                return new Health(Health.Status.REAUTHORISE, refused);
            }
            if (blocked != null) {
                return Health.down(blocked);
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
