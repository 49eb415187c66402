// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import org.jspecify.annotations.Nullable;

/**
 * Who is at the far end of a leg. Immutable.
 *
 * @param kind what sort of party it is
 * @param extension the agent's extension; null for every other kind
 */
public record Party(Kind kind, @Nullable Extension extension) {
    /** The customer. */
    public static final Party CUSTOMER = new Party(Kind.CUSTOMER, null);

    /** The voice mail. */
    public static final Party VOICEMAIL = new Party(Kind.VOICEMAIL, null);

    /** Checks that exactly an agent has an extension. */
    public Party {
        if ((kind == Kind.AGENT) != (extension != null)) {
            throw new IllegalArgumentException(
                    "an agent, and only an agent, has an extension: " + kind + " " + extension);
        }
    }

    /**
     * {@return the agent at an extension}
     *
     * @param extension the agent's extension
     */
    public static Party agent(Extension extension) {
        return new Party(Kind.AGENT, extension);
    }

    /** What sort of party is at the end of a leg. */
    public enum Kind {
        /** An agent's phone. */
        AGENT,
        /** The customer's phone. */
        CUSTOMER,
        /** A mailbox that takes a message. */
        VOICEMAIL
    }
}
