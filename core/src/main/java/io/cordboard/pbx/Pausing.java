// SPDX-License-Identifier: Apache-2.0
package io.cordboard.pbx;

import io.cordboard.call.Extension;

/** A PBX whose queues can be told that an agent takes a break. */
public interface Pausing {
    /**
     * Pauses an agent in every queue, or ends the pause. Costs one request to the PBX.
     *
     * @param agent the agent's extension
     * @param paused whether the agent gets no calls
     * @param why the reason that supervisors see; may be empty
     * @throws io.cordboard.connector.ConnectorException when the PBX refused
     */
    void pause(Extension agent, boolean paused, String why);
}
