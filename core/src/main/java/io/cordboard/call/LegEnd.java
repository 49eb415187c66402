// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

/** Why one leg ended. */
public enum LegEnd {
    /** It was connected and somebody hung up. */
    HUNG_UP,
    /** It rang and nobody answered. */
    NO_ANSWER,
    /** The party was busy. */
    BUSY,
    /** The party refused. */
    REJECTED,
    /** The caller gave up while it rang. */
    CANCELLED,
    /** Another phone took the call. */
    ANSWERED_ELSEWHERE,
    /** It could not be reached: offline, unknown, no route. */
    FAILED,
    /** The PBX did not say. */
    UNKNOWN
}
