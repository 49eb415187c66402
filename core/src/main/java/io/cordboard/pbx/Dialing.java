// SPDX-License-Identifier: Apache-2.0
package io.cordboard.pbx;

import io.cordboard.call.Extension;
import org.jspecify.annotations.Nullable;

/** A PBX that can be asked to call a customer for an agent: the agent's phone rings first. */
public interface Dialing {
    /**
     * Asks for a call. Costs one request to the PBX; never repeated by itself, because a second request is a second
     * call.
     *
     * @param order what to dial; its id comes back as {@code dialId} of the call
     * @throws io.cordboard.connector.ConnectorException when the PBX did not take the order, with reason UNCLEAR when
     *     it may have
     */
    void dial(Order order);

    /**
     * A request for a call. {@link #toString()} hides the number. Immutable.
     *
     * @param id unique; at most 60 letters, digits, {@code -}, {@code _} and {@code .}
     * @param agent whose phone rings first
     * @param number the customer's number in E.164
     * @param line the line to use, or null for the PBX's own choice
     */
    record Order(
            String id,
            Extension agent,
            String number,
            @Nullable String line) {
        @Override
        public String toString() {
            return "Order[" + id + ", agent " + agent + "]";
        }
    }
}
