// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks for an incoming lead by the mark that it was made with: it cannot be searched for. */
final class UnsortedLook {
    private static final Duration BEFORE = Duration.ofMinutes(10);
    private static final int ROWS = 250;
    private static final int MOST_PAGES = 40;

    private final AmoApi api;

    UnsortedLook(AmoApi api) {
        this.api = api;
    }

    /**
     * {@return the incoming lead, if there is one}
     *
     * @param mark the mark that it was made with
     * @param at its own time, or null when it has none
     * @throws io.cordboard.connector.ConnectorException when the account could not be asked
     */
    Optional<Found> find(String mark, @Nullable Instant at) {
        for (int page = 1; page <= MOST_PAGES; page++) {
            Reply reply = api.get(
                            Traffic.WRITE,
                            Query.of("api/v4/leads/unsorted")
                                    .and("filter[category][]", "sip")
                                    .and("order[created_at]", "desc")
                                    .and("limit", ROWS)
                                    .and("page", page))
                    .orThrow();
            boolean older = false;
            for (JsonNode row : reply.list("unsorted")) {
                if (mark.equals(Json.text(row, "source_uid")) || mark.equals(Json.text(row.path("metadata"), "uniq"))) {
                    return card(row).map(card -> new Found(card, Json.text(row, "uid")));
                }
                long created = row.path("created_at").asLong(Long.MAX_VALUE);
                older |= at != null && created < at.minus(BEFORE).getEpochSecond();
            }
            if (!reply.hasNext() || older) {
                return Optional.empty();
            }
        }
        throw new ConnectorException(
                Reason.UNAVAILABLE, "amocrm: lists more incoming leads than can be looked through");
    }

    static Optional<Card> card(JsonNode row) {
        return Card.of("leads", Json.text(row.path("_embedded").path("leads").path(0), "id"));
    }

    /**
     * An incoming lead. Immutable.
     *
     * @param card the lead that it is
     * @param uid its own id
     */
    record Found(Card card, String uid) {}
}
