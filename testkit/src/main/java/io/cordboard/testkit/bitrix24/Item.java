// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One row of the portal: a contact, lead, deal, activity, task. Guarded by the portal's lock. */
final class Item {
    private final int id;
    private final Map<String, Object> fields = new LinkedHashMap<>(4);
    private final Instant created;
    private Instant modified;
    private List<Phone> phones = List.of();

    Item(int id, Instant created) {
        this.id = id;
        this.created = created;
        this.modified = created;
    }

    int id() {
        return id;
    }

    Instant created() {
        return created;
    }

    Instant modified() {
        return modified;
    }

    void touch(Instant now) {
        modified = now;
    }

    List<Phone> phones() {
        return phones;
    }

    void phones(List<Phone> all) {
        phones = List.copyOf(all);
    }

    /** What was stored by hand, without the fields that the portal makes up. */
    Map<String, Object> fields() {
        return fields;
    }

    String text(String field) {
        return Params.textOf(fields.get(field));
    }

    OptionalInt number(String field) {
        return Params.numberOf(fields.get(field));
    }

    /** A field by its upper-case name, made-up ones too. */
    @Nullable
    Object field(String name) {
        return switch (name) {
            case "ID" -> id;
            case "DATE_CREATE", "CREATED_TIME", "CREATED", "CREATED_DATE" -> created;
            case "DATE_MODIFY", "UPDATED_TIME", "LAST_UPDATED", "CHANGED_DATE" -> modified;
            case "PHONE" -> phones.stream().map(Phone::value).toList();
            case "HAS_PHONE" -> phones.isEmpty() ? "N" : "Y";
            default -> fields.get(name);
        };
    }

    /** One number of a contact, as somebody typed it. */
    record Phone(int id, String type, String value) {
        Map<String, Object> legacy() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("ID", Integer.toString(id));
            map.put("VALUE_TYPE", type);
            map.put("VALUE", value);
            map.put("TYPE_ID", "PHONE");
            return map;
        }

        Map<String, Object> modern() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("id", id);
            map.put("valueType", type);
            map.put("value", value);
            map.put("typeId", "PHONE");
            return map;
        }
    }
}
