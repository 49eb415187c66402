// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import io.cordboard.agent.AgentState;
import io.cordboard.call.Extension;
import io.cordboard.connector.ConnectorException;
import io.cordboard.http.Json;
import io.cordboard.pbx.AgentStates;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks which phones are registered. That is all that Zadarma tells of its agents: not who talks, and not who has a
 * break. Safe for use by many threads.
 */
final class ZadarmaPresence implements AgentStates {
    private static final Logger log = LoggerFactory.getLogger(ZadarmaPresence.class);

    private final String account;
    private final ZadarmaApi api;
    private final Clock clock;
    private final Map<Extension, AgentState> states = new ConcurrentHashMap<>();
    private volatile @Nullable Listener listener;

    ZadarmaPresence(String account, ZadarmaApi api, Clock clock) {
        this.account = account;
        this.api = api;
        this.clock = clock;
    }

    @Override
    public void tell(Listener told) {
        listener = told;
    }

    /** Asks for every extension once: one request for the list, and one for each. */
    void look() {
        try {
            api.ask("/v1/pbx/internal/", Map.of())
                    .path("numbers")
                    .forEach(node -> ZadarmaMessages.extension(node.asText()).ifPresent(this::look));
        } catch (ConnectorException e) {
            log.debug("{}: the phones could not be asked for: {}", account, e.getMessage());
        }
    }

    private void look(Extension extension) {
        String path = "/v1/pbx/internal/" + extension.number() + "/status/";
        AgentState state = Json.flag(api.ask(path, Map.of()), "is_online") ? AgentState.AVAILABLE : AgentState.OFFLINE;
        // Told only when it changes, so that it does not hide what the calls say about the agent.
        if (state != states.put(extension, state)) {
            Optional.ofNullable(listener)
                    .ifPresent(told -> told.changed(new Change(account, extension, state, clock.instant(), null)));
        }
    }
}
