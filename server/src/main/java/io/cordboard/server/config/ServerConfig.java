// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.config;

import io.cordboard.agent.AgentRoster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a configuration file says, checked as far as that is possible without asking anybody. Immutable.
 *
 * @param file the file as the user named it
 * @param store the folder of the store
 * @param region the default region of national numbers
 * @param http the web server
 * @param accounts every PBX, then every CRM, in the order of the file
 * @param agents everybody who answers calls
 * @param agentLines the line of each agent, by name
 * @param rules what a call leaves behind, flattened
 * @param settleAfter how long to wait for the PBX's own record after the last leg ended
 */
public record ServerConfig(
        String file,
        Path store,
        String region,
        HttpConfig http,
        List<AccountConfig> accounts,
        AgentRoster agents,
        Map<String, Integer> agentLines,
        Map<String, String> rules,
        Duration settleAfter) {
    /** Copies the collections. */
    public ServerConfig {
        accounts = List.copyOf(accounts);
        agentLines = Map.copyOf(agentLines);
        rules = Map.copyOf(rules);
    }

    /**
     * {@return an account, if it is configured}
     *
     * @param id its id
     */
    public Optional<AccountConfig> account(String id) {
        return accounts.stream().filter(account -> account.id().equals(id)).findFirst();
    }
}
