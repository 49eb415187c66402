// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.http.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A ticket is a lead in a pipeline, with the customer's contact or company. Its text is a note on it. */
final class LeadTickets implements TicketForm {
    private static final int ROWS = 250;
    private static final int MOST_PAGES = 40;

    private final AmoApi api;
    private final Journal journal;

    LeadTickets(AmoApi api, Journal journal) {
        this.api = api;
        this.journal = journal;
    }

    @Override
    public String path() {
        return "api/v4/leads";
    }

    @Override
    public String embedded() {
        return "leads";
    }

    @Override
    public Map<String, Object> item(Draft draft) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("name", draft.write().ticket().title());
        draft.place().pipeline().ifPresent(id -> item.put("pipeline_id", id));
        draft.place().status().ifPresent(id -> item.put("status_id", id));
        draft.user().map(Long::parseLong).ifPresent(id -> item.put("responsible_user_id", id));
        draft.owner().ifPresent(card -> {
            if (card.isContact()) {
                item.put("_embedded", Map.of("contacts", List.of(Map.of("id", card.number(), "is_main", true))));
            } else if (card.kind().equals("companies")) {
                item.put("_embedded", Map.of("companies", List.of(Map.of("id", card.number()))));
            }
        });
        return item;
    }

    @Override
    public Optional<Journal.Ticket> made(JsonNode row) {
        return Json.id(row, "id").map(Journal.Ticket::lead);
    }

    /** A lead has no place for a mark: what has the name and the customer, and is no other call's ticket, is it. */
    @Override
    public Map<String, Journal.Ticket> find(List<Draft> drafts, Instant since) {
        Map<String, Journal.Ticket> found = new HashMap<>();
        Set<String> others = new HashSet<>();
        journal.tickets().forEach(ticket -> others.add(ticket.card().id()));
        for (int page = 1; page <= MOST_PAGES; page++) {
            Reply reply = api.get(
                            Traffic.WRITE,
                            Query.of("api/v4/leads")
                                    .and("with", "contacts")
                                    .and("filter[created_at][from]", since.getEpochSecond())
                                    .and("order[id]", "desc")
                                    .and("limit", ROWS)
                                    .and("page", page))
                    .orThrow();
            boolean older = false;
            for (JsonNode lead : reply.list("leads")) {
                older |= lead.path("created_at").asLong(Long.MAX_VALUE) < since.getEpochSecond();
                drafts.stream()
                        .filter(draft -> !older(lead, since) && isIt(lead, draft))
                        .filter(draft -> !found.containsKey(draft.key()))
                        .findFirst()
                        .filter(draft -> others.add(Json.text(lead, "id")))
                        .ifPresent(draft -> made(lead).ifPresent(ticket -> found.put(draft.key(), ticket)));
            }
            if (!reply.hasNext() || older) {
                break;
            }
        }
        return found;
    }

    @Override
    public boolean wantsNote() {
        return true;
    }

    private static boolean older(JsonNode lead, Instant since) {
        return lead.path("created_at").asLong(0) < since.getEpochSecond();
    }

    private static boolean isIt(JsonNode lead, Draft draft) {
        if (!Json.text(lead, "name").equals(draft.write().ticket().title())) {
            return false;
        }
        Optional<Card> contact = draft.owner().filter(Card::isContact);
        if (contact.isEmpty()) {
            return true;
        }
        for (JsonNode one : lead.path("_embedded").path("contacts")) {
            if (Json.text(one, "id").equals(contact.get().id())) {
                return true;
            }
        }
        return false;
    }
}
