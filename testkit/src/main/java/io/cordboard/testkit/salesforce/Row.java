// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One record. Values are texts in the form in which the API writes them. Guarded by the sandbox's lock. */
final class Row {
    private final ObjectType type;
    private final String id;
    private final Map<String, String> values = new LinkedHashMap<>(8);
    private @Nullable Instant deleted;

    Row(ObjectType type, String id) {
        this.type = type;
        this.id = id;
    }

    ObjectType type() {
        return type;
    }

    /** The 15 characters of its id. */
    String key() {
        return id;
    }

    /** The 18 characters of its id. */
    String id() {
        return Ids.full(id);
    }

    @Nullable
    String get(String field) {
        return field.equals("Id") ? id() : values.get(field);
    }

    String text(String field) {
        String value = get(field);
        return value == null ? "" : value;
    }

    /** Puts a value; an empty one is none, as in Salesforce. */
    void put(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            values.remove(field);
        } else {
            values.put(field, value);
        }
    }

    Map<String, String> values() {
        return values;
    }

    void restore(Map<String, String> before) {
        values.clear();
        values.putAll(before);
    }

    boolean isDeleted() {
        return deleted != null;
    }

    @Nullable
    Instant deleted() {
        return deleted;
    }

    void deleted(@Nullable Instant when) {
        deleted = when;
        values.put("IsDeleted", Boolean.toString(when != null));
    }
}
