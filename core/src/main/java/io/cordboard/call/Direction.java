// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

/** Which way a call goes, seen from the business. */
public enum Direction {
    /** A customer called the business. */
    INBOUND,
    /** An agent called a customer. */
    OUTBOUND,
    /** Both ends belong to the business. */
    INTERNAL
}
