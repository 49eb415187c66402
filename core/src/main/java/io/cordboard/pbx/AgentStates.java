// SPDX-License-Identifier: Apache-2.0
package io.cordboard.pbx;

import io.cordboard.agent.AgentState;
import io.cordboard.call.Extension;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A PBX that tells what its agents are doing. */
public interface AgentStates {
    /**
     * Says who is to be told. Called once, before the connector starts.
     *
     * @param listener who is told; returns at once
     */
    void tell(Listener listener);

    /** Who is told what an agent is doing. */
    @FunctionalInterface
    interface Listener {
        /**
         * Takes a change.
         *
         * @param change what changed
         */
        void changed(Change change);
    }

    /**
     * What an agent is doing since a moment. Immutable.
     *
     * @param pbx the PBX's id
     * @param extension the agent's extension in it
     * @param state what the agent is doing
     * @param since since when
     * @param detail such as the reason of a pause, or null
     */
    record Change(
            String pbx,
            Extension extension,
            AgentState state,
            Instant since,
            @Nullable String detail) {}
}
