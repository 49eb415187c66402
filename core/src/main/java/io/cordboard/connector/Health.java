// SPDX-License-Identifier: Apache-2.0
package io.cordboard.connector;

/**
 * How an account is. Immutable.
 *
 * @param status in one word
 * @param detail one sentence for a person; empty when all is well; no secret, no number
 */
public record Health(Status status, String detail) {
    /** All is well. */
    public static final Health UP = new Health(Status.UP, "");

    /**
     * {@return an account that works in part}
     *
     * @param detail what does not work
     */
    public static Health degraded(String detail) {
        return new Health(Status.DEGRADED, detail);
    }

    /**
     * {@return an account that does not work}
     *
     * @param detail why
     */
    public static Health down(String detail) {
        return new Health(Status.DOWN, detail);
    }

    /** How an account is, in one word. */
    public enum Status {
        /** All is well. */
        UP,
        /** Works in part. */
        DEGRADED,
        /** Does not work; tried again by itself. */
        DOWN,
        /** A person has to give the permission again. */
        REAUTHORISE
    }
}
