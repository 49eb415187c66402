// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import org.jspecify.annotations.Nullable;

/**
 * What became of an agent's choice in one PBX or CRM. Immutable.
 *
 * @param account the id of the PBX or CRM
 * @param done whether it was taken
 * @param problem why not, or null; what may pass is tried again by itself
 */
public record AgentPush(
        String account, boolean done, @Nullable String problem) {}
