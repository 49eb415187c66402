// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.ConnectorException;
import io.cordboard.http.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Contacts that have exactly one active lead: their calls are written to the lead, as the account itself does it. */
final class ActiveLeads {
    private static final int IDS = 100;

    private final AmoApi api;

    ActiveLeads(AmoApi api) {
        this.api = api;
    }

    /** Moves works from the contact to its lead; works whose question failed are ended. */
    void prefer(List<CallWork> works) {
        for (int from = 0; from < works.size(); from += IDS) {
            part(works.subList(from, Math.min(works.size(), from + IDS)));
        }
    }

    private void part(List<CallWork> works) {
        Set<String> contacts = new LinkedHashSet<>();
        works.forEach(work -> work.card().ifPresent(card -> contacts.add(card.id())));
        try {
            Map<String, List<String>> leadsOf = leadsOf(contacts);
            Set<String> all = new LinkedHashSet<>();
            leadsOf.values().forEach(all::addAll);
            Set<String> open = open(List.copyOf(all));
            Map<String, String> only = new HashMap<>();
            leadsOf.forEach((contact, its) -> {
                List<String> active = its.stream().filter(open::contains).toList();
                if (active.size() == 1) {
                    only.put(contact, active.get(0));
                }
            });
            works.forEach(work -> work.card().map(Card::id).map(only::get).ifPresent(id -> work.card(Card.lead(id))));
        } catch (ConnectorException e) {
            works.forEach(work -> work.end(Fault.of(e).asRepeatable()));
        }
    }

    private Map<String, List<String>> leadsOf(Set<String> contacts) {
        Reply reply = api.get(
                        Traffic.WRITE,
                        Query.of("api/v4/contacts")
                                .andAll("filter[id][]", contacts)
                                .and("with", "leads")
                                .and("limit", 250))
                .orThrow();
        Map<String, List<String>> leadsOf = new LinkedHashMap<>();
        for (JsonNode contact : reply.list("contacts")) {
            List<String> its = new ArrayList<>();
            contact.path("_embedded").path("leads").forEach(lead -> its.add(Json.text(lead, "id")));
            leadsOf.put(Json.text(contact, "id"), its);
        }
        return leadsOf;
    }

    private Set<String> open(List<String> leads) {
        Set<String> open = new HashSet<>();
        for (int from = 0; from < leads.size(); from += IDS) {
            Reply reply = api.get(
                            Traffic.WRITE,
                            Query.of("api/v4/leads")
                                    .andAll("filter[id][]", leads.subList(from, Math.min(leads.size(), from + IDS)))
                                    .and("limit", 250))
                    .orThrow();
            reply.list("leads").forEach(lead -> {
                if (ContactReader.isOpen(lead)) {
                    open.add(Json.text(lead, "id"));
                }
            });
        }
        return open;
    }
}
