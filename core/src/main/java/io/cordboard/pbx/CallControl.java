// SPDX-License-Identifier: Apache-2.0
package io.cordboard.pbx;

import io.cordboard.call.CallId;
import io.cordboard.call.Extension;

/** A PBX whose running calls can be changed. Each method costs one request to the PBX. */
public interface CallControl {
    /**
     * Ends a call.
     *
     * @param call a live call
     * @throws io.cordboard.connector.ConnectorException when the PBX refused or does not know the call
     */
    void hangUp(CallId call);

    /**
     * Hands the customer to another extension without asking first.
     *
     * @param call a connected call
     * @param to where the customer goes
     * @throws io.cordboard.connector.ConnectorException when the PBX refused or does not know the call
     */
    void transfer(CallId call, Extension to);
}
