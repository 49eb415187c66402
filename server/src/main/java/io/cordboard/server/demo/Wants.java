// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

/** What a scene needs of the customer who calls. */
enum Wants {
    /** A contact whose owner is one of the agents: the call is routed to the owner. */
    OWNED,
    /** A contact whose owner answers no calls: the PBX finds its own way. */
    UNOWNED,
    /** A number that the CRM does not hold. */
    STRANGER,
    /** A caller who hides the number. */
    HIDDEN
}
