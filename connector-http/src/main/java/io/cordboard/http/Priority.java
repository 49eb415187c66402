// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import java.time.Duration;

/** Who goes first when an account's requests have to wait. */
public enum Priority {
    /** A call is ringing: cards on screens, who is calling. */
    LIVE(1.0, Duration.ofSeconds(2)),
    /** What calls leave behind. */
    DELIVERY(0.9, Duration.ofSeconds(30)),
    /** Everything that nobody waits for: contacts, users, checks. */
    SYNC(0.6, Duration.ofMinutes(2));

    private final double share;
    private final Duration patience;

    Priority(double share, Duration patience) {
        this.share = share;
        this.patience = patience;
    }

    /** {@return how much of the vendor's burst it may use, from 0 to 1; the rest is kept for those before it} */
    public double share() {
        return share;
    }

    /** {@return how long a request waits for its turn before it fails as rate limited} */
    public Duration patience() {
        return patience;
    }
}
