// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cards as answers hold them, every member in the vendor's order. */
final class Views {
    private static final List<String> HEAD = List.of("id", "name");
    private static final List<String> OWNERS = List.of("responsible_user_id", "group_id");
    private static final List<String> STAMPS = List.of("created_by", "updated_by", "created_at", "updated_at");
    private static final Map<Kind, List<String>> OWN = Map.of(
            Kind.CONTACTS, List.of("first_name", "last_name"),
            Kind.COMPANIES, List.of(),
            Kind.LEADS, List.of("price", "status_id", "pipeline_id", "loss_reason_id", "closed_at", "score"),
            Kind.CUSTOMERS, List.of("next_price", "next_date", "status_id", "ltv"));

    private Views() {}

    static Map<String, @Nullable Object> card(Account account, Card card, Set<String> with, String base) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        HEAD.forEach(name -> view.put(name, card.fields().get(name)));
        List<String> own = OWN.getOrDefault(card.kind(), List.of());
        own.forEach(name -> view.put(name, value(card, name)));
        OWNERS.forEach(name -> view.put(name, card.fields().get(name)));
        STAMPS.forEach(name -> view.put(name, card.fields().get(name)));
        view.put("closest_task_at", closestTask(account, card));
        view.put("is_deleted", false);
        if (card.kind() == Kind.CONTACTS) {
            view.put("is_unsorted", card.hidden());
        }
        view.put("custom_fields_values", custom(account, card));
        view.put("account_id", Account.ID);
        view.put("_links", self(card, base));
        view.put("_embedded", embedded(card, with, base));
        return view;
    }

    private static @Nullable Object value(Card card, String name) {
        Object value = card.fields().get(name);
        boolean text = name.equals("first_name") || name.equals("last_name");
        return value == null && text ? "" : value == null && name.equals("price") ? (Object) 0 : value;
    }

    private static @Nullable Object custom(Account account, Card card) {
        if (card.custom().isEmpty()) {
            return null;
        }
        return account.does("oldEnum") ? Fields.read(card.custom(), "enum") : card.custom();
    }

    private static @Nullable Object closestTask(Account account, Card card) {
        return account.tasks().values().stream()
                .filter(task -> Integer.valueOf(card.id()).equals(task.get("entity_id"))
                        && card.kind().path().equals(task.get("entity_type"))
                        && Boolean.FALSE.equals(task.get("is_completed")))
                .map(task -> ((Number) task.getOrDefault("complete_till", 0)).longValue())
                .min(Long::compare)
                .orElse(null);
    }

    private static Map<String, Object> embedded(Card card, Set<String> with, String base) {
        Map<String, Object> embedded = new LinkedHashMap<>();
        embedded.put("tags", card.tags());
        if (card.kind() != Kind.COMPANIES) {
            embedded.put("companies", refs(card, Kind.COMPANIES, base));
        }
        for (Kind other : List.of(Kind.LEADS, Kind.CONTACTS, Kind.CUSTOMERS)) {
            if (other != card.kind() && with.contains(other.path())) {
                embedded.put(other.path(), refs(card, other, base));
            }
        }
        if (with.contains("catalog_elements")) {
            embedded.put("catalog_elements", List.of());
        }
        return embedded;
    }

    private static List<Map<String, Object>> refs(Card card, Kind other, String base) {
        List<Map<String, Object>> refs = new ArrayList<>();
        card.links(other).forEach((id, main) -> {
            Map<String, Object> ref = new LinkedHashMap<>();
            ref.put("id", id);
            if (other == Kind.CONTACTS) {
                ref.put("is_main", main);
            }
            ref.put("_links", Ask.link(base + "/api/v4/" + other.path() + "/" + id));
            refs.add(ref);
        });
        return refs;
    }

    static Map<String, Object> self(Card card, String base) {
        return Ask.link(base + "/api/v4/" + card.kind().path() + "/" + card.id());
    }

    /** What an answer to an addition holds of each item. */
    static Map<String, Object> added(Object id, String requestId, String href) {
        Map<String, Object> added = new LinkedHashMap<>();
        added.put("id", id);
        added.put("request_id", requestId);
        added.put("_links", Ask.link(href));
        return added;
    }
}
