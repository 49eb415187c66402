// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

/**
 * What a live call is told to do. Immutable.
 *
 * @param kind what
 * @param leg the leg that was named
 * @param commandId whose command it is
 * @param to where the call goes; empty for a hang-up
 * @param shown what the phones show; empty when nothing was said
 */
record Order(Kind kind, String leg, String commandId, String to, String shown) {
    /** What a live call can be told. */
    enum Kind {
        HANG_UP,
        TRANSFER,
        ROUTE
    }
}
