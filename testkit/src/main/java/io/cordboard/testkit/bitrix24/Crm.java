// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The older methods: {@code crm.contact.*}, {@code crm.company.*}, {@code crm.lead.*}, {@code crm.deal.*}. */
final class Crm {
    private static final Set<String> PLAIN = Set.of(
            "TITLE",
            "NAME",
            "LAST_NAME",
            "SECOND_NAME",
            "STAGE_ID",
            "STATUS_ID",
            "CONTACT_ID",
            "COMPANY_ID",
            "SOURCE_ID",
            "ORIGINATOR_ID",
            "ORIGIN_ID",
            "ASSIGNED_BY_ID",
            "HAS_PHONE",
            "DATE_CREATE",
            "DATE_MODIFY");

    private final Portal portal;

    Crm(Portal portal) {
        this.portal = portal;
    }

    void into(Map<String, RestMethod> methods) {
        Map<String, Integer> kinds =
                Map.of("contact", Portal.CONTACT, "company", Portal.COMPANY, "lead", Portal.LEAD, "deal", Portal.DEAL);
        kinds.forEach((name, type) -> {
            String prefix = "crm." + name + ".";
            methods.put(prefix + "list", (p, auth) -> list(type, p));
            methods.put(prefix + "get", (p, auth) -> Answer.of(full(type, found(type, p))));
            methods.put(prefix + "add", (p, auth) -> add(type, p, auth));
            methods.put(prefix + "update", (p, auth) -> update(type, p));
            methods.put(prefix + "delete", (p, auth) -> delete(type, p));
        });
    }

    private Answer list(int type, Params p) {
        Filter filter = new Filter(p.map("filter"), Crm::upper);
        Table.Page page = portal.table(type)
                .list(filter, p.map("order"), p.number("start").orElse(0), Crm::upper);
        List<String> select = p.list("select").stream()
                .map(field -> upper(Params.textOf(field)))
                .toList();
        return page.answer(
                page.items().stream().map(item -> row(type, item, select)).toList());
    }

    /** PHONE comes only when it was asked for by name; everything that is a scalar is a string. */
    private Map<String, Object> row(int type, Item item, List<String> select) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (select.isEmpty() || select.contains("*")) {
            map.putAll(scalars(type, item));
        } else {
            map.put("ID", Integer.toString(item.id()));
            for (String field : select) {
                if (plain(field) || item.fields().containsKey(field)) {
                    map.put(field, scalar(item, field));
                }
            }
        }
        if (type == Portal.CONTACT && portal.suffers("missingName")) {
            map.remove("NAME");
        }
        if (select.contains("PHONE") && !item.phones().isEmpty()) {
            map.put("PHONE", item.phones().stream().map(Item.Phone::legacy).toList());
        }
        return map;
    }

    private static boolean plain(String field) {
        return PLAIN.contains(field);
    }

    private static @Nullable Object scalar(Item item, String field) {
        Object value = item.field(field);
        if (value instanceof Instant time) {
            return Portal.iso(time);
        }
        return value == null || value instanceof List ? value : Params.textOf(value);
    }

    private Map<String, Object> full(int type, Item item) {
        Map<String, Object> map = scalars(type, item);
        if (!item.phones().isEmpty()) {
            map.put("PHONE", item.phones().stream().map(Item.Phone::legacy).toList());
        }
        return map;
    }

    private Map<String, Object> scalars(int type, Item item) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("ID", Integer.toString(item.id()));
        for (String field : type == Portal.COMPANY
                ? List.of("TITLE")
                : type == Portal.DEAL
                        ? List.of("TITLE", "STAGE_ID", "CONTACT_ID")
                        : List.of("NAME", "SECOND_NAME", "LAST_NAME")) {
            map.put(field, null);
        }
        if (type != Portal.DEAL) {
            map.put("HAS_PHONE", item.phones().isEmpty() ? "N" : "Y");
        }
        for (String field : List.of("COMPANY_ID", "SOURCE_ID", "ORIGINATOR_ID", "ORIGIN_ID")) {
            map.put(field, null);
        }
        map.put("OPENED", "Y");
        map.put("ASSIGNED_BY_ID", "1");
        map.put("CREATED_BY_ID", "1");
        item.fields().forEach((name, value) -> map.put(name, value instanceof List ? value : Params.textOf(value)));
        map.put("DATE_CREATE", Portal.iso(item.created()));
        map.put("DATE_MODIFY", Portal.iso(item.modified()));
        return map;
    }

    private Item found(int type, Params p) {
        return portal.table(type).get(p.number("id").orElse(0)).orElseThrow(() -> RestError.nameless("Not found"));
    }

    private Answer add(int type, Params p, Auth auth) {
        if (!(p.raw("fields") instanceof Map)) {
            throw RestError.nameless("Parameter 'fields' must be array.");
        }
        Item item = portal.table(type).add(portal.now());
        item.fields().put("ASSIGNED_BY_ID", Integer.toString(auth.user()));
        if (type == Portal.LEAD) {
            item.fields().put("STATUS_ID", "NEW");
        }
        if (type == Portal.DEAL) {
            item.fields().put("STAGE_ID", "NEW");
            item.fields().put("CATEGORY_ID", "0");
        }
        write(type, item, p.map("fields"));
        portal.changed(type, item.id(), "ADD");
        return Answer.of(item.id());
    }

    private Answer update(int type, Params p) {
        Item item = found(type, p);
        if (p.map("fields").isEmpty()) {
            throw RestError.nameless("No fields to update.");
        }
        write(type, item, p.map("fields"));
        item.touch(portal.now());
        portal.changed(type, item.id(), "UPDATE");
        return Answer.of(true);
    }

    private Answer delete(int type, Params p) {
        Item item = found(type, p);
        portal.phones(type, item, List.of());
        portal.table(type).remove(item.id());
        portal.changed(type, item.id(), "DELETE");
        return Answer.of(true);
    }

    private void write(int type, Item item, Map<String, Object> fields) {
        Set<String> madeUp = Set.of("ID", "DATE_CREATE", "DATE_MODIFY", "HAS_PHONE", "EMAIL");
        fields.forEach((given, value) -> {
            String name = upper(given);
            if (name.equals("PHONE")) {
                portal.phones(type, item, phones(item, Params.listOf(value)));
            } else if (!madeUp.contains(name)) {
                item.fields().put(name, value instanceof Map || value instanceof List ? Params.listOf(value) : value);
            }
        });
    }

    /** Rows with an id change or, when empty, remove a number; rows without one add. */
    private List<Item.Phone> phones(Item item, List<Object> rows) {
        List<Item.Phone> phones = new ArrayList<>(item.phones());
        for (Object row : rows) {
            Params given = new Params(Params.mapOf(row));
            int id = given.number("ID").orElse(0);
            String value = given.text("VALUE");
            String type = given.some("VALUE_TYPE").orElse("WORK");
            phones.removeIf(phone -> phone.id() == id);
            if (!value.isBlank()) {
                phones.add(new Item.Phone(id > 0 ? id : portal.next("phone"), type, value));
            }
        }
        return phones;
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
