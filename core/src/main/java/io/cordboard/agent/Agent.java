// SPDX-License-Identifier: Apache-2.0
package io.cordboard.agent;

import io.cordboard.call.Extension;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * One person who answers calls.
 *
 * <p>Immutable.
 *
 * @param name what to show, unique; not blank
 * @param extensions the agent's number in each PBX, by the PBX's id
 * @param users the agent's user id in each CRM, by the CRM's id
 * @param timeZone where the agent works
 */
public record Agent(String name, Map<String, Extension> extensions, Map<String, String> users, ZoneId timeZone) {
    /** Checks the name and copies the maps. */
    public Agent {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an agent needs a name");
        }
        extensions = Map.copyOf(extensions);
        users = Map.copyOf(users);
    }

    /**
     * {@return the agent's number in a PBX}
     *
     * @param pbx the PBX's id
     */
    public Optional<Extension> extension(String pbx) {
        return Optional.ofNullable(extensions.get(pbx));
    }

    /**
     * {@return the agent's user id in a CRM}
     *
     * @param crm the CRM's id
     */
    public Optional<String> user(String crm) {
        return Optional.ofNullable(users.get(crm));
    }
}
