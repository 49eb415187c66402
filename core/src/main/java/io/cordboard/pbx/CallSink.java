// SPDX-License-Identifier: Apache-2.0
package io.cordboard.pbx;

import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import java.util.List;
import java.util.Set;

/** Who is told what happens on the line. Safe for use by many threads. */
public interface CallSink {
    /**
     * Takes events. They are on disk when this returns; only then may a connector acknowledge them.
     *
     * @param events what happened, in the order in which it was heard; may be of several calls
     * @throws RuntimeException when the store cannot be written; nothing was taken then, and the vendor must not be
     *     told otherwise
     */
    void accept(List<CallEvent> events);

    /**
     * {@return the calls of one PBX that are not over, as far as is known; to compare with what the PBX knows after a
     * reconnect}
     *
     * @param pbx the PBX's id
     */
    Set<CallId> live(String pbx);
}
