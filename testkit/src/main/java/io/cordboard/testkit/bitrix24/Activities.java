// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What happened and what is to be done: activities, reminders, comments in the timeline, tasks. */
final class Activities {
    private final Portal portal;

    Activities(Portal portal) {
        this.portal = portal;
    }

    void into(Map<String, RestMethod> methods) {
        methods.put("crm.activity.add", (p, auth) -> add(p));
        methods.put("crm.activity.update", (p, auth) -> update(p));
        methods.put("crm.activity.delete", (p, auth) -> delete(p));
        methods.put("crm.activity.get", (p, auth) -> Answer.of(row(portal.activities(), found(p))));
        methods.put("crm.activity.list", (p, auth) -> list(portal.activities(), p));
        methods.put("crm.activity.todo.add", (p, auth) -> todo(p));
        methods.put("crm.activity.binding.add", (p, auth) -> bind(p));
        methods.put("crm.timeline.comment.add", (p, auth) -> comment(p, auth));
        methods.put("crm.timeline.comment.list", (p, auth) -> list(portal.comments(), p));
        methods.put("tasks.task.add", (p, auth) -> addTask(p, auth));
        methods.put("tasks.task.get", (p, auth) -> Answer.of(Map.of("task", task(foundTask(p)))));
        methods.put("tasks.task.list", (p, auth) -> tasks(p));
        methods.put("tasks.task.update", (p, auth) -> updateTask(p));
    }

    private Item found(Params p) {
        return portal.activities()
                .get(p.number("id").orElse(0))
                .orElseThrow(() -> RestError.nameless("Activity is not found."));
    }

    private void ownerExists(int type, int id) {
        boolean there =
                portal.tables().containsKey(type) && portal.table(type).get(id).isPresent();
        if (!there) {
            throw new RestError(400, "OWNER_NOT_FOUND", "Owner was not found");
        }
    }

    private Answer add(Params p) {
        Params fields = new Params(p.map("fields"));
        if (fields.all().isEmpty()) {
            throw RestError.nameless("Parameter 'fields' must be array.");
        }
        int type = fields.number("OWNER_TYPE_ID").orElse(0);
        int id = fields.number("OWNER_ID").orElse(0);
        if (!portal.tables().containsKey(type) || portal.table(type).get(id).isEmpty()) {
            throw RestError.nameless("The owner of the activity is not found.");
        }
        if (fields.number("TYPE_ID").orElse(0) == 2
                && fields.list("COMMUNICATIONS").isEmpty()) {
            throw RestError.nameless("The field COMMUNICATIONS is not defined or invalid.");
        }
        Item item = portal.activities().add(portal.now());
        fields.all().forEach((name, value) -> item.fields().put(upper(name), value));
        changed(item, "ADD");
        return Answer.of(item.id());
    }

    private Answer update(Params p) {
        Item item = found(p);
        p.map("fields").forEach((name, value) -> item.fields().put(upper(name), value));
        item.touch(portal.now());
        changed(item, "UPDATE");
        return Answer.of(true);
    }

    private Answer delete(Params p) {
        Item item = found(p);
        portal.activities().remove(item.id());
        changed(item, "DELETE");
        return Answer.of(true);
    }

    private void changed(Item item, String what) {
        portal.events().emit("ONCRMACTIVITY" + what, Map.of("FIELDS", Map.of("ID", Integer.toString(item.id()))));
    }

    private Answer list(Table table, Params p) {
        Filter filter = new Filter(p.map("filter"), Activities::upper);
        Table.Page page = table.list(filter, p.map("order"), p.number("start").orElse(0), Activities::upper);
        return page.answer(page.items().stream().map(item -> row(table, item)).toList());
    }

    private Map<String, Object> row(Table table, Item item) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ID", Integer.toString(item.id()));
        item.fields().forEach((name, value) -> row.put(name, value instanceof List ? value : Params.textOf(value)));
        row.put("CREATED", Portal.iso(item.created()));
        if (table == portal.activities()) {
            row.put("LAST_UPDATED", Portal.iso(item.modified()));
        }
        return row;
    }

    private Answer todo(Params p) {
        ownerExists(p.number("ownerTypeId").orElse(0), p.number("ownerId").orElse(0));
        if (Filter.isNoTime(p.text("deadline"))) {
            throw new RestError(400, "WRONG_DATETIME_FORMAT", "Wrong datetime format");
        }
        Item item = portal.activities().add(portal.now());
        Map<String, Object> fields = item.fields();
        fields.put("OWNER_TYPE_ID", p.text("ownerTypeId"));
        fields.put("OWNER_ID", p.text("ownerId"));
        fields.put("TYPE_ID", "6");
        fields.put("PROVIDER_ID", "CRM_TODO");
        fields.put("SUBJECT", p.text("title"));
        fields.put("DESCRIPTION", p.text("description"));
        fields.put("RESPONSIBLE_ID", p.some("responsibleId").orElse("1"));
        fields.put("DEADLINE", p.text("deadline"));
        fields.put("COMPLETED", "N");
        changed(item, "ADD");
        return Answer.of(Map.of("id", item.id()));
    }

    private Answer bind(Params p) {
        Item activity = portal.activities()
                .get(p.number("activityId").orElse(0))
                .orElseThrow(() -> new RestError(400, "NOT_FOUND", "Element not found"));
        ownerExists(p.number("entityTypeId").orElse(0), p.number("entityId").orElse(0));
        List<Object> bindings = new ArrayList<>(Params.listOf(activity.fields().get("BINDINGS")));
        bindings.add(Map.of("OWNER_TYPE_ID", p.text("entityTypeId"), "OWNER_ID", p.text("entityId")));
        activity.fields().put("BINDINGS", bindings);
        return Answer.of(true);
    }

    private Answer comment(Params p, Auth auth) {
        // Since crm 23.100 only the lower-case name is read.
        Params fields = new Params(Params.mapOf(p.all().get("fields")));
        if (fields.all().isEmpty()) {
            throw new RestError(400, "100", "Could not find value for parameter {fields}");
        }
        String kind = fields.text("ENTITY_TYPE").toUpperCase(Locale.ROOT);
        int type =
                kind.startsWith("DYNAMIC_") ? Params.numberOf(kind.substring(8)).orElse(0) : Telephony.type(kind);
        ownerExists(type, fields.number("ENTITY_ID").orElse(0));
        if (fields.text("COMMENT").isEmpty()) {
            throw new RestError(400, "INVALID_ARG_VALUE", "Empty comment message");
        }
        Item item = portal.comments().add(portal.now());
        item.fields().put("ENTITY_TYPE", fields.text("ENTITY_TYPE").toLowerCase(Locale.ROOT));
        item.fields().put("ENTITY_ID", fields.text("ENTITY_ID"));
        item.fields().put("AUTHOR_ID", fields.some("AUTHOR_ID").orElse(Integer.toString(auth.user())));
        item.fields().put("COMMENT", fields.text("COMMENT"));
        return Answer.of(item.id());
    }

    private Answer addTask(Params p, Auth auth) {
        Params fields = new Params(p.map("fields"));
        if (fields.all().isEmpty()) {
            throw new RestError(400, "100", "Could not find value for parameter {fields}");
        }
        if (fields.text("TITLE").isBlank()) {
            throw RestError.core("Не указано название задачи.<br>");
        }
        if (portal.activeUser(fields.number("RESPONSIBLE_ID").orElse(0)).isEmpty()) {
            throw RestError.core("Не указан исполнитель.<br>");
        }
        Item item = portal.tasks().add(portal.now());
        item.fields().put("STATUS", "2");
        item.fields().put("CREATED_BY", Integer.toString(auth.user()));
        fields.all().forEach((name, value) -> item.fields().put(upper(name), value));
        portal.events().emit("ONTASKADD", Map.of("FIELDS_AFTER", Map.of("ID", Integer.toString(item.id()))));
        return Answer.of(Map.of("task", task(item)));
    }

    private Item foundTask(Params p) {
        return portal.tasks()
                .get(p.number("taskId").orElse(0))
                .orElseThrow(() -> RestError.core("Задача не найдена или недоступна<br>"));
    }

    private Answer updateTask(Params p) {
        Item item = foundTask(p);
        Params fields = new Params(p.map("fields"));
        if (fields.has("RESPONSIBLE_ID")
                && portal.activeUser(fields.number("RESPONSIBLE_ID").orElse(0)).isEmpty()) {
            throw RestError.core("Не указан исполнитель.<br>");
        }
        fields.all().forEach((name, value) -> item.fields().put(upper(name), value));
        item.touch(portal.now());
        return Answer.of(Map.of("task", task(item)));
    }

    private Answer tasks(Params p) {
        Filter filter = new Filter(p.map("filter"), Activities::upper);
        Table.Page page =
                portal.tasks().list(filter, p.map("order"), p.number("start").orElse(0), Activities::upper);
        return page.answer(
                Map.of("tasks", page.items().stream().map(Activities::task).toList()));
    }

    private static Map<String, Object> task(Item item) {
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("id", Integer.toString(item.id()));
        item.fields()
                .forEach((name, value) -> task.put(camel(name), value instanceof List ? value : Params.textOf(value)));
        task.put("createdDate", Portal.iso(item.created()));
        task.put("changedDate", Portal.iso(item.modified()));
        return task;
    }

    private static String camel(String name) {
        List<String> words = List.of(name.toLowerCase(Locale.ROOT).split("_", -1));
        return words.get(0)
                + words.stream()
                        .skip(1)
                        .filter(word -> !word.isEmpty())
                        .map(word -> upper(word.substring(0, 1)) + word.substring(1))
                        .collect(Collectors.joining());
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
