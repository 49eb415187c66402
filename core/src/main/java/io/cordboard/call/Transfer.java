// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

/**
 * One hand-over of the customer from an agent to somebody else. Immutable.
 *
 * @param kind whether the agent asked first
 * @param from the agent who handed over
 * @param to the extension or number that took over
 * @param answered whether the other side answered
 */
public record Transfer(Kind kind, Extension from, String to, boolean answered) {
    /** How the customer was handed over. */
    public enum Kind {
        /** Handed over without asking. */
        BLIND,
        /** The agent talked to the other side first. */
        ATTENDED
    }
}
