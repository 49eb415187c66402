// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import java.util.List;

/**
 * What a PBX's sandbox did for one call. Immutable.
 *
 * @param id the PBX's id of the call
 * @param inbound whether a customer called
 * @param from who called: the number, or the extension when an agent did
 * @param rang the extensions that rang, or the number that was called
 * @param answeredBy who talked, in order, each once
 * @param end how it ended
 * @param seconds how long the parties talked; 0 when they did not
 * @param recordings the names of what was recorded, the oldest first
 * @param over whether it has ended
 */
public record PlayedCall(
        String id,
        boolean inbound,
        String from,
        List<String> rang,
        List<String> answeredBy,
        End end,
        long seconds,
        List<String> recordings,
        boolean over) {
    /** Copies the lists. */
    public PlayedCall {
        rang = List.copyOf(rang);
        answeredBy = List.copyOf(answeredBy);
        recordings = List.copyOf(recordings);
    }

    /** How a call ended. */
    public enum End {
        /** The parties talked. */
        ANSWERED,
        /** Whoever was called was busy. */
        BUSY,
        /** Nobody talked. */
        MISSED
    }
}
