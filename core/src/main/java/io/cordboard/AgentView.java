// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.agent.Agent;
import io.cordboard.agent.AgentState;
import io.cordboard.call.CallId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An agent and what the agent is doing now. Immutable.
 *
 * @param agent who
 * @param state what the agent is doing
 * @param since since when, or null when not known
 * @param detail such as the reason of a pause, or null
 * @param call the call that rings or is talked on, or null
 */
public record AgentView(
        Agent agent,
        AgentState state,
        @Nullable Instant since,
        @Nullable String detail,
        @Nullable CallId call) {}
