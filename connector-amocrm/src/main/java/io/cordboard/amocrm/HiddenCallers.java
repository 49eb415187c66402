// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The contact on whose card calls from hidden numbers are kept: the account keeps a call only on the card of somebody.
 * It is looked for by its name before it is made.
 */
final class HiddenCallers {
    private final CallParts parts;
    private final String name;

    HiddenCallers(CallParts parts, String name) {
        this.parts = parts;
        this.name = name;
    }

    /**
     * {@return the card, or why there is none}
     *
     * <p>One at a time: two would make two.
     */
    synchronized Found find() {
        Optional<Card> known = parts.journal().hiddenCallers();
        if (known.isPresent()) {
            return new Found(known, null);
        }
        Reply there = parts.api()
                .get(
                        Traffic.WRITE,
                        Query.of("api/v4/contacts").and("query", name).and("limit", 250));
        if (there.fault() != null) {
            return new Found(Optional.empty(), there.fault());
        }
        for (JsonNode row : there.list("contacts")) {
            if (Json.text(row, "name").equals(name)) {
                return kept(Json.text(row, "id"));
            }
        }
        Reply made = make(name, parts.responsible());
        if (made.fault() != null && made.fault().isAboutTheUser()) {
            made = make(name, Optional.empty());
        }
        return made.fault() != null ? new Found(Optional.empty(), made.fault()) : kept(Json.text(made.body(), "id"));
    }

    private Reply make(String name, Optional<String> user) {
        Map<String, Object> contact = new LinkedHashMap<>(Map.of("name", name));
        user.map(Long::parseLong).ifPresent(id -> contact.put("responsible_user_id", id));
        return parts.bulk()
                .post("api/v4/contacts", "contacts", List.of(contact))
                .get(0);
    }

    private Found kept(String id) {
        Card card = Card.contact(id);
        parts.journal().hiddenCallers(card);
        return new Found(Optional.of(card), null);
    }

    /**
     * What came of looking. Immutable.
     *
     * @param card the card, if there is one now
     * @param fault why there is none, or null
     */
    record Found(Optional<Card> card, @Nullable Fault fault) {}

    /** Somebody removed the card. */
    void forget() {
        parts.journal().forgetHiddenCallers();
    }
}
