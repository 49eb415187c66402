// SPDX-License-Identifier: Apache-2.0
package io.cordboard.agent;

import io.cordboard.call.Extension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everybody who answers calls, found by extension or by user id. Immutable. */
public final class AgentRoster {
    private final List<Agent> agents;
    private final Map<String, Agent> byName = new HashMap<>();
    private final Map<String, Agent> byExtension = new HashMap<>();
    private final Map<String, Agent> byUser = new HashMap<>();

    private AgentRoster(List<Agent> agents) {
        this.agents = List.copyOf(agents);
        for (Agent agent : agents) {
            once(byName, agent.name(), agent, "name");
            agent.extensions()
                    .forEach((pbx, extension) -> once(byExtension, pbx + ":" + extension, agent, "extension"));
            agent.users().forEach((crm, user) -> once(byUser, crm + ":" + user, agent, "user"));
        }
    }

    /**
     * {@return the roster of these agents}
     *
     * @param agents everybody; no name, extension of one PBX or user of one CRM twice
     * @throws IllegalArgumentException naming both agents when one of these is given twice
     */
    public static AgentRoster of(List<Agent> agents) {
        return new AgentRoster(agents);
    }

    private static void once(Map<String, Agent> map, String key, Agent agent, String what) {
        Agent other = map.putIfAbsent(key, agent);
        if (other != null) {
            throw new IllegalArgumentException(
                    what + " " + key + " belongs to two agents: " + other.name() + " and " + agent.name());
        }
    }

    /** {@return everybody, in the order given} */
    public List<Agent> all() {
        return agents;
    }

    /**
     * {@return the agent of that name}
     *
     * @param name the agent's name
     */
    public Optional<Agent> byName(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * {@return the agent at an extension}
     *
     * @param pbx the PBX's id
     * @param extension the extension in it
     */
    public Optional<Agent> byExtension(String pbx, Extension extension) {
        return Optional.ofNullable(byExtension.get(pbx + ":" + extension));
    }

    /**
     * {@return the agent who is a CRM's user}
     *
     * @param crm the CRM's id
     * @param user the user's id in it
     */
    public Optional<Agent> byUser(String crm, String user) {
        return Optional.ofNullable(byUser.get(crm + ":" + user));
    }
}
