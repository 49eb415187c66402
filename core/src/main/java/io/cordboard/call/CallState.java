// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

/** How far a call has come. */
public enum CallState {
    /** The PBX has it; nobody rings yet (an IVR may be talking to the caller). */
    NEW,
    /** It waits in a queue. */
    QUEUED,
    /** At least one phone rings. */
    RINGING,
    /** Customer and agent talk (internal calls: the two agents). */
    CONNECTED,
    /** They are connected, and one side is on hold. */
    HELD,
    /** The last leg ended; the PBX's record may still come. */
    ENDED,
    /**
     * Final: the PBX's record came, or the grace time after the last leg passed. A later record still corrects it,
     * visibly.
     */
    SETTLED;

    /** {@return whether the call still occupies a line} */
    public boolean isLive() {
        return this != ENDED && this != SETTLED;
    }
}
