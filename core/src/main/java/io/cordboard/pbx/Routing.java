// SPDX-License-Identifier: Apache-2.0
package io.cordboard.pbx;

/** A PBX that asks, while a call arrives, where it should go. */
public interface Routing {
    /**
     * Says who decides. Called once, before the connector starts.
     *
     * @param router who decides
     */
    void routeBy(Router router);
}
