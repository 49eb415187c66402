// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

/** Why a call ended, technically; the agent's disposition is something else. */
public enum EndReason {
    /** Customer and agent talked, and then somebody hung up. */
    COMPLETED,
    /** The caller gave up before an answer. */
    ABANDONED,
    /** The PBX gave up: nobody answered in time. */
    NO_ANSWER,
    /** The called party was busy. */
    BUSY,
    /** The called party refused the call. */
    REJECTED,
    /** The call could not be set up. */
    FAILED,
    /** Nobody answered and the caller reached the voice mail. */
    VOICEMAIL,
    /** The end never came; the call was closed because of its age or because the PBX no longer knows it. */
    UNKNOWN
}
