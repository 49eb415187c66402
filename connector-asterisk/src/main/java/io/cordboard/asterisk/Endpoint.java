// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.call.Extension;
import org.jspecify.annotations.Nullable;

/**
 * Whose channel it is. Immutable.
 *
 * @param kind what sort of channel it is
 * @param agent the agent's extension; of a {@code Local} channel the number that it dials, if that looks like an
 *     agent's
 */
record Endpoint(Kind kind, @Nullable Extension agent) {
    /** What sort of channel it is. */
    enum Kind {
        /** An agent's phone. */
        AGENT,
        /** A line to the outside. */
        TRUNK,
        /** A line to the outside that is simulated by a Local channel in an inbound context. */
        LOCAL_TRUNK,
        /** Half of a Local channel, which is no party. */
        LOCAL
    }

    boolean isAgent() {
        return kind == Kind.AGENT;
    }

    boolean isTrunk() {
        return kind == Kind.TRUNK || kind == Kind.LOCAL_TRUNK;
    }
}
