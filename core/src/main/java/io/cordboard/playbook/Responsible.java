// SPDX-License-Identifier: Apache-2.0
package io.cordboard.playbook;

/**
 * Who owns the outcome of a call, and by which policy. Immutable.
 *
 * @param agent the agent's name
 * @param why by which policy
 */
public record Responsible(String agent, Policy why) {
    /** How the responsible agent is chosen. */
    public enum Policy {
        /** The last agent who talked with the customer. */
        LAST_TALKED,
        /** The first agent who talked with the customer. */
        FIRST_TALKED,
        /** The agent who talked longest with the customer. */
        LONGEST_TALKED,
        /** The owner of the customer's contact in the CRM. */
        CRM_OWNER,
        /** The agent who dialled. */
        DIALLED,
        /** Nobody answered: the last agent whose phone rang. */
        LAST_RANG,
        /** Nobody else could be found: the account's person for missed calls. */
        FALLBACK
    }
}
