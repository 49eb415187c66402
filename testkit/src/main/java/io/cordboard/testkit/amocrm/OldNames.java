// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cards, notes and tasks as webhooks tell them: by the names of the API's second version. */
final class OldNames {
    private OldNames() {}

    /** Under which a card is told; a company is told as a contact of another type. */
    static String key(Kind kind) {
        return kind == Kind.COMPANIES ? "contacts" : kind.path();
    }

    static Map<String, Object> gone(Card card) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", card.id());
        type(card.kind(), told);
        return told;
    }

    private static void type(Kind kind, Map<String, Object> told) {
        if (kind == Kind.CONTACTS || kind == Kind.COMPANIES) {
            told.put("type", kind.singular());
        }
    }

    static Map<String, Object> card(Card card, @Nullable String companyName) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", card.id());
        told.put("name", card.text("name"));
        if (card.kind() == Kind.LEADS) {
            for (String name : List.of("status_id", "price", "pipeline_id")) {
                told.put(name, card.number(name));
            }
        }
        told.put("responsible_user_id", card.responsible());
        told.put("group_id", card.number("group_id"));
        told.put("date_create", card.time("created_at"));
        told.put("last_modified", card.time("updated_at"));
        told.put("created_user_id", card.number("created_by"));
        told.put("modified_user_id", card.number("updated_by"));
        told.put("account_id", Account.ID);
        if (companyName != null) {
            told.put("company_name", companyName);
            told.put("linked_company_id", card.linked(Kind.COMPANIES).iterator().next());
        }
        if (!card.custom().isEmpty()) {
            told.put(
                    "custom_fields", card.custom().stream().map(OldNames::field).toList());
        }
        if (card.kind() != Kind.LEADS && !card.linked(Kind.LEADS).isEmpty()) {
            Map<String, Object> leads = new LinkedHashMap<>();
            card.linked(Kind.LEADS).forEach(id -> leads.put(Integer.toString(id), Map.of("ID", id)));
            told.put("linked_leads_id", leads);
        }
        told.put("created_at", card.time("created_at"));
        told.put("updated_at", card.time("updated_at"));
        type(card.kind(), told);
        return told;
    }

    private static Map<String, Object> field(Map<String, Object> field) {
        List<Map<String, Object>> values = new ArrayList<>();
        for (Map<String, Object> value : Body.maps(field.get("values"))) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("value", value.getOrDefault("value", ""));
            if (value.containsKey("enum_id")) {
                one.put("enum", value.get("enum_id"));
            }
            values.add(one);
        }
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", field.get("field_id"));
        told.put("name", field.get("field_name"));
        told.put("values", values);
        if (field.get("field_code") != null) {
            told.put("code", field.get("field_code"));
        }
        return told;
    }

    static Map<String, Object> note(Note note) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", note.id());
        told.put("note_type", note.type());
        told.put("element_id", note.card());
        told.put("element_type", note.kind().oldCode());
        told.put(
                "text",
                note.isCall() ? new String(Json.write(note.params()), StandardCharsets.UTF_8) : note.text("text"));
        told.put("created_by", note.fields().get("created_by"));
        told.put("modified_by", note.fields().get("updated_by"));
        told.put("date_create", note.fields().get("created_at"));
        told.put("last_update", note.updatedAt());
        told.put("account_id", Account.ID);
        return Map.of("note", told);
    }

    static Map<String, Object> task(Map<String, Object> task) {
        Map<String, Object> told = new LinkedHashMap<>();
        Object type = task.get("entity_type");
        told.put("id", task.get("id"));
        told.put("element_id", task.get("entity_id"));
        told.put(
                "element_type",
                type == null ? 0 : Kind.of(type.toString()).map(Kind::oldCode).orElse(0));
        told.put("task_type", task.get("task_type_id"));
        told.put("text", task.get("text"));
        told.put("responsible_user_id", task.get("responsible_user_id"));
        told.put("date_create", task.get("created_at"));
        told.put("last_modified", task.get("updated_at"));
        told.put("complete_till", task.get("complete_till"));
        told.put("status", Boolean.TRUE.equals(task.get("is_completed")) ? 1 : 0);
        told.put("account_id", Account.ID);
        return told;
    }

    static Map<String, Object> unsorted(Unsorted one) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("uid", one.uid());
        told.put("source_uid", one.fields().get("source_uid"));
        told.put("source_name", one.fields().get("source_name"));
        told.put("category", one.fields().get("category"));
        told.put("pipeline_id", one.fields().get("pipeline_id"));
        told.put("created_at", one.fields().get("created_at"));
        return told;
    }
}
