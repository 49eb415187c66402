// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import io.cordboard.agent.AgentTurn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What agents did when. Safe for use by many threads. */
public interface TurnShelf {
    /**
     * Writes a turn soon, in the order of the calls; one at the same moment replaces the agent's earlier one.
     *
     * @param turn the turn
     * @return done when it is on disk
     */
    CompletableFuture<Void> add(AgentTurn turn);

    /**
     * {@return an agent's last turn}
     *
     * @param agent the agent's name
     */
    Optional<AgentTurn> last(String agent);

    /**
     * {@return an agent's turns within a time and the last one before it, in order}
     *
     * @param agent the agent's name
     * @param from the first moment
     * @param to the moment after the last
     */
    List<AgentTurn> between(String agent, Instant from, Instant to);
}
