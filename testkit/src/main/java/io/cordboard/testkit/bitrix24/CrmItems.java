// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The universal methods, {@code crm.item.*}, and the dictionaries beside them: camel case and numbers. */
final class CrmItems {
    private static final Set<String> TEXT_IDS =
            Set.of("STAGE_ID", "STATUS_ID", "SOURCE_ID", "TYPE_ID", "ORIGIN_ID", "ORIGINATOR_ID", "CURRENCY_ID");
    private static final Set<String> MADE_UP =
            Set.of("ID", "CREATED_TIME", "UPDATED_TIME", "ENTITY_TYPE_ID", "HAS_PHONE", "PHONE", "EMAIL");

    private final Portal portal;

    CrmItems(Portal portal) {
        this.portal = portal;
    }

    void into(Map<String, RestMethod> methods) {
        methods.put("crm.item.list", (p, auth) -> list(type(p), p));
        methods.put("crm.item.get", (p, auth) -> item(type(p), found(p)));
        methods.put("crm.item.add", this::add);
        methods.put("crm.item.update", (p, auth) -> update(p));
        methods.put("crm.item.delete", (p, auth) -> delete(p));
        methods.put("crm.type.list", (p, auth) -> types());
        methods.put("crm.category.list", (p, auth) -> categories(type(p)));
        methods.put(
                "crm.status.list",
                (p, auth) -> statuses(Params.textOf(p.map("filter").get("ENTITY_ID"))));
        methods.put("crm.settings.mode.get", (p, auth) -> Answer.of(1));
    }

    /** {@code assignedById} to {@code ASSIGNED_BY_ID}; a lead's stage is its status. */
    static String upper(int type, String camel) {
        if (camel.startsWith("ufCrm")) {
            return camel;
        }
        String name = camel.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
        return type == Portal.LEAD && name.equals("STAGE_ID") ? "STATUS_ID" : name;
    }

    private static String camel(int type, String upper) {
        if (upper.startsWith("ufCrm")) {
            return upper;
        }
        String name = type == Portal.LEAD && upper.equals("STATUS_ID") ? "STAGE_ID" : upper;
        StringBuilder camel = new StringBuilder();
        for (String word : name.toLowerCase(Locale.ROOT).split("_", -1)) {
            boolean first = camel.length() == 0 || word.isEmpty();
            camel.append(first ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return camel.toString();
    }

    private static int type(Params p) {
        return p.number("entityTypeId").orElse(0);
    }

    private Item found(Params p) {
        return portal.table(type(p))
                .get(p.number("id").orElse(0))
                .orElseThrow(() -> new RestError(400, "NOT_FOUND", "Element not found"));
    }

    private Answer list(int type, Params p) {
        Filter filter = new Filter(p.map("filter"), name -> upper(type, name));
        Table.Page page = portal.table(type)
                .list(filter, p.map("order"), p.number("start").orElse(0), name -> upper(type, name));
        List<String> select = p.list("select").stream().map(Params::textOf).toList();
        boolean all = select.isEmpty() || select.contains("*");
        List<Map<String, Object>> items = new ArrayList<>();
        for (Item item : page.items()) {
            Map<String, Object> row = row(type, item);
            if (!all) {
                row.keySet().removeIf(name -> !name.equals("id") && !select.contains(name));
                if (select.contains("phone") && !item.phones().isEmpty()) {
                    row.put("phone", item.phones().get(0).value());
                }
            }
            items.add(row);
        }
        return page.answer(Map.of("items", items));
    }

    private static Answer item(int type, Item item) {
        return Answer.of(Map.of("item", row(type, item)));
    }

    private static Map<String, Object> row(int type, Item item) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", item.id());
        row.put("createdTime", Portal.iso(item.created()));
        row.put("updatedTime", Portal.iso(item.modified()));
        row.put("title", null);
        row.put("assignedById", 1);
        row.put("companyId", 0);
        row.put("contactId", 0);
        row.put("originatorId", null);
        row.put("originId", null);
        item.fields().forEach((name, value) -> row.put(camel(type, name), typed(name, value)));
        if (type != Portal.DEAL && type != Portal.REQUEST) {
            row.put("hasPhone", item.phones().isEmpty() ? "N" : "Y");
            row.put("fm", item.phones().stream().map(Item.Phone::modern).toList());
        }
        row.put("observers", List.of());
        row.put("entityTypeId", type);
        return row;
    }

    private static Object typed(String name, Object value) {
        boolean id = name.endsWith("_ID") && !TEXT_IDS.contains(name);
        return id && Params.numberOf(value).isPresent()
                ? (Object) Params.numberOf(value).getAsInt()
                : value;
    }

    private Answer add(Params p, Auth auth) {
        int type = type(p);
        Item item = portal.table(type).add(portal.now());
        item.fields().put("ASSIGNED_BY_ID", Integer.toString(auth.user()));
        if (type == Portal.LEAD) {
            item.fields().put("STATUS_ID", "NEW");
        } else if (type == Portal.DEAL || type == Portal.REQUEST) {
            int category = Params.numberOf(p.map("fields").get("categoryId")).orElse(mainFunnel(type));
            item.fields().put("CATEGORY_ID", Integer.toString(category));
            item.fields().put("STAGE_ID", prefix(type, category) + "NEW");
        }
        write(type, item, p.map("fields"));
        portal.changed(type, item.id(), "ADD");
        return item(type, item);
    }

    private static int mainFunnel(int type) {
        return type == Portal.REQUEST ? 1 : 0;
    }

    static int otherFunnel(int type) {
        return type == Portal.REQUEST ? 2 : 3;
    }

    /** What the portal puts before a stage's word. */
    private static String prefix(int type, int category) {
        if (type == Portal.REQUEST) {
            return "DT" + type + "_" + category + ":";
        }
        return category == 0 ? "" : "C" + category + ":";
    }

    private Answer update(Params p) {
        Item item = found(p);
        Map<String, Object> fields = p.map("fields");
        if (type(p) == Portal.DEAL || type(p) == Portal.REQUEST) {
            fields = inItsFunnel(type(p), item, fields);
        }
        write(type(p), item, fields);
        item.touch(portal.now());
        portal.changed(type(p), item.id(), "UPDATE");
        return item(type(p), item);
    }

    /** Whoever changes the funnel and names no stage gets the new funnel's first one; a stage of another is refused. */
    private static Map<String, Object> inItsFunnel(int type, Item item, Map<String, Object> fields) {
        int before = item.number("CATEGORY_ID").orElse(mainFunnel(type));
        int category = Params.numberOf(fields.get("categoryId")).orElse(before);
        if (category != mainFunnel(type) && category != otherFunnel(type)) {
            throw notValid("categoryId");
        }
        String stage = Params.textOf(fields.get("stageId"));
        if (stage.isEmpty()) {
            if (category != before) {
                fields.put("stageId", prefix(type, category) + "NEW");
            }
            return fields;
        }
        int colon = stage.indexOf(':');
        if (!stage.substring(0, colon + 1).equals(prefix(type, category))) {
            throw notValid("stageId");
        }
        return fields;
    }

    private static RestError notValid(String field) {
        return new RestError(400, "CRM_FIELD_ERROR_VALUE_NOT_VALID", "Invalid value of field \"" + field + "\"");
    }

    private Answer delete(Params p) {
        Item item = found(p);
        portal.phones(type(p), item, List.of());
        portal.table(type(p)).remove(item.id());
        portal.changed(type(p), item.id(), "DELETE");
        return Answer.of(List.of());
    }

    private void write(int type, Item item, Map<String, Object> fields) {
        fields.forEach((given, value) -> {
            String name = upper(type, given);
            if (name.equals("FM")) {
                portal.phones(type, item, phones(item, Params.mapOf(value)));
            } else if (!MADE_UP.contains(name)) {
                item.fields().put(name, value);
            }
        });
    }

    /** A row without a type is silently left out. */
    private List<Item.Phone> phones(Item item, Map<String, Object> rows) {
        List<Item.Phone> phones = new ArrayList<>(item.phones());
        rows.forEach((key, row) -> {
            Params given = new Params(Params.mapOf(row));
            if (given.text("typeId").equals("PHONE")) {
                int id = Params.numberOf(key).orElse(-1);
                boolean change = phones.removeIf(phone -> phone.id() == id);
                if (!given.text("value").isBlank()) {
                    String kind = given.some("valueType").orElse("WORK");
                    phones.add(new Item.Phone(change ? id : portal.next("phone"), kind, given.text("value")));
                }
            }
        });
        return phones;
    }

    private static Answer types() {
        Map<String, Object> type = new LinkedHashMap<>();
        type.put("id", 7);
        type.put("entityTypeId", Portal.REQUEST);
        type.put("title", "Обращение");
        type.put("isStagesEnabled", "Y");
        return new Answer(Map.of("types", List.of(type)), 1, null);
    }

    private static Answer categories(int type) {
        List<Map<String, Object>> categories = new ArrayList<>();
        categories.add(category(type, mainFunnel(type), "Общая", "Y"));
        categories.add(category(type, otherFunnel(type), "Сервис", "N"));
        return new Answer(Map.of("categories", categories), categories.size(), null);
    }

    private static Map<String, Object> category(int type, int id, String name, String main) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("name", name);
        map.put("sort", 100 * (id + 1));
        map.put("entityTypeId", type);
        map.put("isDefault", main);
        return map;
    }

    private static Answer statuses(String entity) {
        List<String> ids = switch (entity) {
            case "SOURCE" -> List.of("CALL", "EMAIL", "WEB", "OTHER");
            case "STATUS" -> List.of("NEW", "IN_PROCESS", "PROCESSED", "JUNK", "CONVERTED");
            default -> List.of("NEW", "PREPARATION", "CLIENT", "SUCCESS", "FAIL");
        };
        String prefix = entity.replaceFirst("^DYNAMIC_(\\d+)_STAGE_(\\d+)$", "DT$1_$2:")
                .replaceFirst("^DEAL_STAGE_(\\d+)$", "C$1:");
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String id : ids) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("ID", Integer.toString(rows.size() + 1));
            row.put("ENTITY_ID", entity);
            row.put("STATUS_ID", (prefix.endsWith(":") ? prefix : "") + id);
            row.put("NAME", id);
            row.put("SORT", Integer.toString(10 * (rows.size() + 1)));
            rows.add(row);
        }
        return new Answer(rows, rows.size(), null);
    }
}
