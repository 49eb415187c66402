// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.SandboxReply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Tasks. */
final class TaskApi {
    private static final Shape TASK = Shape.of(
            "text",
            Shape.LABEL,
            "complete_till",
            Shape.INT,
            "task_type_id",
            Shape.choice(1, 2),
            "entity_id",
            Shape.INT,
            "entity_type",
            Shape.choice("leads", "contacts", "companies", "customers"),
            "responsible_user_id",
            Shape.INT,
            "duration",
            Shape.INT,
            "is_completed",
            Shape.BOOL,
            "result",
            Shape.object(Shape.of("text", Shape.TEXT)),
            "created_by",
            Shape.INT,
            "updated_by",
            Shape.INT,
            "created_at",
            Shape.INT,
            "updated_at",
            Shape.INT,
            "request_id",
            Shape.TEXT_OR_INT);

    private final Account account;

    TaskApi(Account account) {
        this.account = account;
    }

    SandboxReply add(Ask ask) {
        List<Map<String, Object>> added = new ArrayList<>();
        for (Body.Item item :
                Body.items(ask.http(), TASK.requiring("text", "complete_till").then(this::contradictions))) {
            int id = account.nextId();
            Map<String, Object> task = new LinkedHashMap<>();
            task.put("id", id);
            task.put("created_by", item.number("created_by", ask.user()));
            task.put("updated_by", item.number("updated_by", ask.user()));
            task.put("created_at", item.time("created_at", account.now()));
            task.put("updated_at", item.time("updated_at", account.now()));
            task.put("responsible_user_id", item.number("responsible_user_id", ask.user()));
            task.put("group_id", 0);
            task.put("entity_id", item.has("entity_id") ? item.members().get("entity_id") : 0);
            task.put("entity_type", item.has("entity_type") ? item.text("entity_type") : null);
            task.put("duration", item.number("duration", 0));
            task.put("is_completed", Boolean.TRUE.equals(item.members().get("is_completed")));
            task.put("task_type_id", item.number("task_type_id", 1));
            task.put("text", item.text("text"));
            task.put("result", item.has("result") ? item.map("result") : List.of());
            task.put("complete_till", item.time("complete_till", account.now()));
            task.put("account_id", Account.ID);
            account.tasks().put(id, task);
            account.hooks().task("add", task);
            added.add(Views.added(id, item.requestId(), ask.base() + "/api/v4/tasks/" + id));
        }
        return Hal.of(account.does("created201") ? 201 : 200, Hal.listing(ask, "tasks", added));
    }

    private List<Map<String, Object>> contradictions(Body.Item item) {
        List<Map<String, Object>> wrong = new ArrayList<>();
        int user = item.number("responsible_user_id", 0);
        if (user != 0 && !account.works(user)) {
            wrong.add(Shape.problem("NotSupportedChoice", "responsible_user_id"));
        }
        if (item.has("entity_id")
                && Kind.of(item.text("entity_type"))
                        .flatMap(kind -> account.card(kind, item.number("entity_id", 0)))
                        .isEmpty()) {
            wrong.add(Shape.problem("NotSupportedChoice", "entity_id"));
        }
        return wrong;
    }

    SandboxReply list(Ask ask) {
        Predicate<Map<String, Object>> wanted = Sieve.between(
                ask,
                "updated_at",
                task -> Objects.requireNonNull((Number) task.get("updated_at")).longValue());
        for (String name : List.of("id", "responsible_user_id", "task_type_id", "entity_type", "entity_id")) {
            wanted = wanted.and(Sieve.oneOf(ask, name, task -> task.get(name)));
        }
        wanted = wanted.and(
                Sieve.oneOf(ask, "is_completed", task -> Boolean.TRUE.equals(task.get("is_completed")) ? "1" : "0"));
        List<Map<String, Object>> found =
                new ArrayList<>(account.tasks().values().stream().filter(wanted).toList());
        Map.Entry<String, String> order = ask.order("id");
        found.sort((a, b) -> {
            int way = Long.compare(number(a, order.getKey()), number(b, order.getKey()));
            return order.getValue().equalsIgnoreCase("desc") ? -way : way;
        });
        return Hal.page(account, ask, "tasks", found, task -> view(task, ask.base()));
    }

    private static long number(Map<String, Object> task, String name) {
        return task.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static Map<String, Object> view(Map<String, Object> task, String base) {
        Map<String, Object> view = new LinkedHashMap<>(task);
        view.put("_links", Ask.link(base + "/api/v4/tasks/" + task.get("id")));
        return view;
    }

    SandboxReply one(int id, Ask ask) {
        Map<String, Object> task = account.tasks().get(id);
        return task == null ? Hal.nothing() : Hal.ok(view(task, ask.base()));
    }

    SandboxReply change(Ask ask) {
        List<Map<String, Object>> changed = new ArrayList<>();
        Shape shape = TASK.and(Shape.of("id", Shape.INT).requiring("id"));
        for (Body.Item item : Body.items(ask.http(), shape.then(this::unknown))) {
            changed.add(change(item.number("id", 0), item, ask));
        }
        return Hal.ok(Hal.listing(ask, "tasks", changed));
    }

    private List<Map<String, Object>> unknown(Body.Item item) {
        return account.tasks().containsKey(item.number("id", 0))
                ? contradictions(item)
                : List.of(Shape.problem("NotSupportedChoice", "id"));
    }

    SandboxReply changeOne(int id, Ask ask) {
        if (!account.tasks().containsKey(id)) {
            throw AmoError.of(404, "Task not found");
        }
        return Hal.ok(change(id, Body.one(ask.http(), TASK.then(this::contradictions)), ask));
    }

    private Map<String, Object> change(int id, Body.Item item, Ask ask) {
        Map<String, Object> task = account.tasks().getOrDefault(id, new LinkedHashMap<>());
        item.members().forEach((name, value) -> {
            if (!name.equals("id") && !name.equals("request_id")) {
                task.put(name, value);
            }
        });
        task.put("updated_at", item.time("updated_at", account.now()));
        task.put("updated_by", item.number("updated_by", ask.user()));
        account.hooks().task("update", task);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", id);
        view.put("updated_at", task.get("updated_at"));
        view.put("request_id", item.requestId());
        view.put("_links", Ask.link(ask.base() + "/api/v4/tasks/" + id));
        return view;
    }
}
