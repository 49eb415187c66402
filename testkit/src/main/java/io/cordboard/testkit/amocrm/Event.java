// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that happened to a card. Immutable.
 *
 * @param id sorts by time
 * @param type such as {@code incoming_call}
 * @param kind the kind of the card
 * @param card the card's number
 * @param user who did it
 * @param at when, in seconds
 * @param after what there is now
 */
record Event(String id, String type, Kind kind, int card, int user, long at, List<Map<String, Object>> after) {
    Map<String, Object> view(String base) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", id);
        view.put("type", type);
        view.put("entity_id", card);
        view.put("entity_type", kind.singular());
        view.put("created_by", user);
        view.put("created_at", at);
        view.put("value_after", after);
        view.put("value_before", List.of());
        view.put("account_id", Account.ID);
        view.put("_links", Ask.link(base + "/api/v4/events/" + id));
        Map<String, Object> entity = new LinkedHashMap<>();
        entity.put("id", card);
        entity.put("_links", Ask.link(base + "/api/v4/" + kind.path() + "/" + card));
        view.put("_embedded", Map.of("entity", entity));
        return view;
    }
}
