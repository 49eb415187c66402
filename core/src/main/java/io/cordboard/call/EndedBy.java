// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

/** Who ended a call. */
public enum EndedBy {
    /** The customer hung up. */
    CUSTOMER,
    /** An agent hung up. */
    AGENT,
    /** The PBX did: a timeout, a full queue, a restart. */
    PBX
}
