// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.agent.AgentState;
import io.cordboard.http.Json;
import io.cordboard.pbx.AgentStates;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells the statuses of the contact centre, which only some accounts have. Safe for use by many threads. */
final class MangoPresence implements AgentStates {
    private final String account;
    private final MangoDirectory directory;
    private final Clock clock;
    private volatile @Nullable Listener listener;

    MangoPresence(Mango.Parts parts, MangoDirectory directory) {
        this.account = parts.context().account();
        this.directory = directory;
        this.clock = parts.context().clock();
    }

    @Override
    public void tell(Listener told) {
        listener = told;
    }

    /** Takes an {@code events/user/status_changed}. */
    void changed(JsonNode json) {
        AgentState state = state(json);
        String alias = Json.text(json, "status_alias");
        Instant now = clock.instant();
        long when = json.path("when").asLong(0);
        // A time that makes no sense is not taken: the vendor's own example lies in 1973.
        Instant at = Math.abs(now.toEpochMilli() - when) < 86_400_000L ? Instant.ofEpochMilli(when) : now;
        directory
                .extension(Json.text(json, "abonent_id"))
                .ifPresent(extension -> Optional.ofNullable(listener)
                        .ifPresent(told -> told.changed(
                                new Change(account, extension, state, at, alias.isEmpty() ? null : alias))));
    }

    /** Statuses above 6 are the customer's own, and count as the one that they were made from. */
    private static AgentState state(JsonNode json) {
        String status = Json.text(json, "status");
        boolean own = status.length() > 1 || status.compareTo("6") > 0;
        return switch (own ? Json.text(json, "parent_status") : status) {
            case "1", "6" -> AgentState.AVAILABLE;
            case "2", "3", "5" -> AgentState.PAUSED;
            case "4" -> AgentState.OFFLINE;
            default -> AgentState.UNKNOWN;
        };
    }
}
