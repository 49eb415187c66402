// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.crm.CrmWrite;
import io.cordboard.http.Json;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ticket is an incoming lead that somebody accepts. Its text is a note on it. */
final class UnsortedTickets implements TicketForm {
    private final UnsortedLook look;
    private final AmoCrmSettings.Customers settings;
    private final String source;
    private final URI base;
    private final Clock clock;

    UnsortedTickets(AmoApi api, AmoCrmSettings settings, Clock clock) {
        this.look = new UnsortedLook(api);
        this.settings = settings.customers();
        this.source = settings.calls().source();
        this.base = settings.base();
        this.clock = clock;
    }

    @Override
    public String path() {
        return CustomerForms.Form.UNSORTED.path();
    }

    @Override
    public String embedded() {
        return CustomerForms.Form.UNSORTED.embedded();
    }

    @Override
    public Optional<String> refusal(CrmWrite.OpenTicket write) {
        return write.customer() == null
                ? Optional.of("amoCRM takes no incoming lead without a number; a task can be had: ticket.kind")
                : Optional.empty();
    }

    @Override
    public Map<String, Object> item(Draft draft) {
        String number =
                draft.write().customer() == null ? "" : draft.write().customer().e164();
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("is_call_event_needed", false);
        metadata.put("uniq", draft.key());
        metadata.put("phone", number);
        metadata.put("service_code", source);
        metadata.put("called_at", clock.instant().getEpochSecond());
        metadata.put("duration", 0);
        metadata.put("link", settings.unsortedLink().orElse(base.toString()));
        draft.user().map(Long::parseLong).ifPresent(id -> metadata.put("call_responsible", id));
        Map<String, Object> embedded = new LinkedHashMap<>();
        embedded.put("leads", List.of(Map.of("name", draft.write().ticket().title())));
        embedded.put("contacts", List.of(contact(draft, number)));
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("source_uid", draft.key());
        item.put("source_name", source);
        draft.place().pipeline().or(settings::unsortedPipeline).ifPresent(id -> item.put("pipeline_id", id));
        item.put("metadata", metadata);
        item.put("_embedded", embedded);
        return item;
    }

    private Map<String, Object> contact(Draft draft, String number) {
        Optional<Card> known = draft.owner().filter(Card::isContact);
        if (known.isPresent()) {
            return Map.of("id", known.get().number());
        }
        Map<String, Object> value = Map.of("value", number, "enum_code", settings.phoneKind());
        return Map.of(
                "name",
                number,
                "custom_fields_values",
                List.of(Map.of("field_code", "PHONE", "values", List.of(value))));
    }

    @Override
    public Optional<Journal.Ticket> made(JsonNode row) {
        return UnsortedLook.card(row).map(card -> new Journal.Ticket(card, Json.text(row, "uid")));
    }

    @Override
    public Map<String, Journal.Ticket> find(List<Draft> drafts, Instant since) {
        Map<String, Journal.Ticket> found = new HashMap<>();
        for (Draft draft : drafts) {
            look.find(draft.key(), since)
                    .ifPresent(one -> found.put(draft.key(), new Journal.Ticket(one.card(), one.uid())));
        }
        return found;
    }

    @Override
    public boolean wantsNote() {
        return true;
    }
}
