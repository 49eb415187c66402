// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.config;

import io.cordboard.agent.AgentRoster;
import io.cordboard.playbook.Rules;
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
 * @param rules what a call leaves behind
 * @param lines the line of every key that is given, such as {@code http.listen}
 * @param settleAfter how long to wait for the PBX's own record after the last leg ended
 * @param wrapUp how long an agent works after a call
 * @param desk what agents choose from
 */
public record ServerConfig(
        String file,
        Path store,
        String region,
        HttpConfig http,
        List<AccountConfig> accounts,
        AgentRoster agents,
        Map<String, Integer> agentLines,
        Rules rules,
        Map<String, Integer> lines,
        Duration settleAfter,
        Duration wrapUp,
        DeskConfig desk) {
    /** Copies the collections. */
    public ServerConfig {
        accounts = List.copyOf(accounts);
        lines = Map.copyOf(lines);
        agentLines = Map.copyOf(agentLines);
    }

    /**
     * {@return the place of a key, such as {@code cordboard.yaml:12}}
     *
     * @param key the key with dots, such as {@code http.listen}
     */
    public String where(String key) {
        Integer line = lines.get(key);
        return line == null ? file : file + ":" + line;
    }

    /**
     * {@return what keeps this configuration from being run although every key is right, if anything}
     *
     * <p>A proxy in front of the server makes everybody look like a program on this machine, and nothing in a request
     * tells the two apart for certain.
     */
    public Optional<Problem> exposure() {
        if (http.token().isPresent() || !http.isPublic()) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                file,
                lines.getOrDefault("http.publicUrl", 0),
                "http.publicUrl is not of this machine and http.token is missing: whoever reaches the server there"
                        + " could read every call; set http.token to a secret of at least 8 characters, such as"
                        + " ${CORDBOARD_TOKEN}"));
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
