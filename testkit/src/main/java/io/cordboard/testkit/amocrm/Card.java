// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A lead, a contact, a company or a customer. Guarded by the account's lock. */
final class Card {
    private final Kind kind;
    private final int id;
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    private final List<Map<String, Object>> tags = new ArrayList<>();
    private final Map<Kind, Map<Integer, Boolean>> links = new EnumMap<>(Kind.class);
    private boolean hidden;

    Card(Kind kind, int id) {
        this.kind = kind;
        this.id = id;
    }

    Kind kind() {
        return kind;
    }

    int id() {
        return id;
    }

    /** What the answers hold, but for links and what is embedded. */
    Map<String, @Nullable Object> fields() {
        return fields;
    }

    List<Map<String, Object>> tags() {
        return tags;
    }

    /** Whether it came with an incoming lead that nobody accepted. */
    boolean hidden() {
        return hidden;
    }

    void hide(boolean now) {
        hidden = now;
    }

    /** The cards of a kind that it is linked with, each with whether it is the main one. */
    Map<Integer, Boolean> links(Kind other) {
        return links.computeIfAbsent(other, k -> new LinkedHashMap<>());
    }

    Set<Integer> linked(Kind other) {
        return links(other).keySet();
    }

    int number(String name) {
        return fields.get(name) instanceof Number number ? number.intValue() : 0;
    }

    long time(String name) {
        return fields.get(name) instanceof Number number ? number.longValue() : 0;
    }

    String text(String name) {
        Object value = fields.get(name);
        return value == null ? "" : value.toString();
    }

    int responsible() {
        return number("responsible_user_id");
    }

    /** The texts of a field of the system's own, such as PHONE. */
    List<String> values(String code) {
        List<String> texts = new ArrayList<>();
        for (Map<String, Object> field : custom()) {
            if (code.equals(field.get("field_code"))) {
                for (Object value : Objects.requireNonNull((List<?>) field.get("values"))) {
                    texts.add(String.valueOf(((Map<?, ?>) value).get("value")));
                }
            }
        }
        return texts;
    }

    List<String> phones() {
        return values("PHONE");
    }

    // What is stored here was made by Fields.
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> custom() {
        Object values = fields.get("custom_fields_values");
        return values == null ? List.of() : (List<Map<String, Object>>) values;
    }

    /** Where people see it. */
    String page() {
        return "/" + kind.path() + "/detail/" + id;
    }
}
