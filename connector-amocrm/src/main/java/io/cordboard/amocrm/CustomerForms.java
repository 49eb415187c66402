// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.http.Json;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a customer is written down. Immutable. */
final class CustomerForms {
    private final AmoCrmSettings.Customers settings;
    private final String source;
    private final URI base;
    private final Clock clock;

    CustomerForms(AmoCrmSettings settings, Clock clock) {
        this.settings = settings.customers();
        this.source = settings.calls().source();
        this.base = settings.base();
        this.clock = clock;
    }

    Map<String, Object> item(Form form, Newcomer wanted) {
        return switch (form) {
            case CONTACT -> contact(wanted);
            case LEAD -> lead(wanted);
            case UNSORTED -> unsorted(wanted);
        };
    }

    private Map<String, Object> contact(Newcomer wanted) {
        Map<String, Object> item = named(wanted);
        responsible(item, wanted);
        return item;
    }

    private Map<String, Object> named(Newcomer wanted) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("name", wanted.title());
        Map<String, Object> value = Map.of("value", wanted.number().e164(), "enum_code", settings.phoneKind());
        item.put("custom_fields_values", List.of(Map.of("field_code", "PHONE", "values", List.of(value))));
        return item;
    }

    private Map<String, Object> lead(Newcomer wanted) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("name", wanted.title());
        responsible(item, wanted);
        settings.pipeline().ifPresent(id -> item.put("pipeline_id", id));
        settings.status().ifPresent(id -> item.put("status_id", id));
        item.put("_embedded", Map.of("contacts", List.of(contact(wanted))));
        return item;
    }

    /** The call itself is written as a note afterwards, so that it has exactly one. */
    private Map<String, Object> unsorted(Newcomer wanted) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("is_call_event_needed", false);
        metadata.put("uniq", wanted.call().toString());
        metadata.put("phone", wanted.number().e164());
        metadata.put("service_code", source);
        wanted.user().map(Long::parseLong).ifPresent(id -> metadata.put("call_responsible", id));
        long at = (wanted.at() == null ? clock.instant() : wanted.at()).getEpochSecond();
        metadata.put("called_at", at);
        metadata.put("duration", wanted.talked() == null ? 0L : wanted.talked().toSeconds());
        settings.unsortedLink()
                .or(() -> wanted.linked() ? Optional.of(base.toString()) : Optional.empty())
                .ifPresent(link -> metadata.put("link", link));
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("source_uid", wanted.call().toString());
        item.put("source_name", source);
        settings.unsortedPipeline().ifPresent(id -> item.put("pipeline_id", id));
        item.put("created_at", at);
        item.put("metadata", metadata);
        item.put(
                "_embedded",
                Map.of("leads", List.of(Map.of("name", wanted.title())), "contacts", List.of(named(wanted))));
        return item;
    }

    private static void responsible(Map<String, Object> item, Newcomer wanted) {
        wanted.user().map(Long::parseLong).ifPresent(id -> item.put("responsible_user_id", id));
    }

    /** What somebody becomes. */
    enum Form {
        /** A contact. */
        CONTACT("api/v4/contacts", "contacts"),
        /** A lead with its contact. */
        LEAD("api/v4/leads/complex", "leads"),
        /** An incoming lead with its contact, hidden until somebody accepts it. */
        UNSORTED("api/v4/leads/unsorted/sip", "unsorted");

        private final String path;
        private final String embedded;

        Form(String path, String embedded) {
            this.path = path;
            this.embedded = embedded;
        }

        String path() {
            return path;
        }

        String embedded() {
            return embedded;
        }

        /** {@return the card that calls are written on} */
        Optional<Card> card(JsonNode made) {
            return switch (this) {
                case CONTACT -> Card.of("contacts", Json.text(made, "id"));
                case LEAD -> Card.of("leads", Json.text(made, "id"));
                case UNSORTED -> UnsortedLook.card(made);
            };
        }
    }
}
