// SPDX-License-Identifier: Apache-2.0
package io.cordboard.agent;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The moment at which an agent began to do something else. Immutable.
 *
 * @param agent the agent's name
 * @param at when
 * @param state what the agent does from then on
 * @param detail such as the reason of a break, or null
 */
public record AgentTurn(
        String agent,
        Instant at,
        AgentState state,
        @Nullable String detail) {}
