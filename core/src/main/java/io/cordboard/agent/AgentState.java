// SPDX-License-Identifier: Apache-2.0
package io.cordboard.agent;

/** What an agent is doing. */
public enum AgentState {
    /** Nothing is known yet. */
    UNKNOWN,
    /** The phone is not registered. */
    OFFLINE,
    /** Ready for a call. */
    AVAILABLE,
    /** The phone rings. */
    RINGING,
    /** On a call. */
    ON_CALL,
    /** Working after a call. */
    WRAP_UP,
    /** On a break. */
    PAUSED
}
