// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.playbook.CallCard;

/** Who wants to see calls and agents change. Called on the engine's threads: returns at once. */
public interface CordboardListener {
    /**
     * Takes the new state of a call.
     *
     * @param card the call and what is known about it
     */
    void callChanged(CallCard card);

    /**
     * Takes the new state of an agent.
     *
     * @param view the agent
     */
    void agentChanged(AgentView view);
}
