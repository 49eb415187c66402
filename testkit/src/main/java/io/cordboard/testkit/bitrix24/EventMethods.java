// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import io.cordboard.testkit.bitrix24.Events.Binding;
import io.cordboard.testkit.bitrix24.Events.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code event.*}: who wants to be told what; only for applications. */
final class EventMethods {
    private final Portal portal;
    private final Map<String, Set<String>> reserved = new HashMap<>();

    EventMethods(Portal portal) {
        this.portal = portal;
    }

    void into(Map<String, RestMethod> methods) {
        methods.put("event.bind", this::bind);
        methods.put("event.unbind", this::unbind);
        methods.put("event.get", (p, auth) -> bindings(auth));
        methods.put("event.test", this::test);
        methods.put("events", (p, auth) -> known(auth));
        methods.put("event.offline.get", this::offline);
        methods.put("event.offline.list", this::queue);
        methods.put("event.offline.clear", this::clear);
        methods.put("event.offline.error", this::clear);
    }

    private Answer bind(Params p, Auth auth) {
        auth.needsApplication();
        String event = p.text("event").toUpperCase(Locale.ROOT);
        if (!Events.knows(event)) {
            throw new RestError(400, "ERROR_EVENT_NOT_FOUND", "Event not found");
        }
        Kind kind = p.text("event_type").equalsIgnoreCase("offline") ? Kind.OFFLINE : Kind.ONLINE;
        if (kind == Kind.OFFLINE && auth.user() != 1) {
            throw new RestError(403, "ACCESS_DENIED", "Access denied! Administrator authorization required");
        }
        int user = p.number("auth_type").orElse(auth.user());
        if (!portal.events().bind(event, p.text("handler"), user, kind)) {
            throw RestError.core("Unable to set event handler");
        }
        return Answer.of(true);
    }

    private Answer unbind(Params p, Auth auth) {
        auth.needsApplication();
        int count = portal.events().unbind(p.text("event").toUpperCase(Locale.ROOT), p.text("handler"));
        return Answer.of(Map.of("count", count));
    }

    private Answer bindings(Auth auth) {
        auth.needsApplication();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Binding binding : portal.events().bindings()) {
            if (binding.kind() != Kind.OUTGOING) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("event", binding.event());
                row.put("handler", binding.handler());
                row.put("auth_type", Integer.toString(binding.user()));
                row.put("offline", binding.kind() == Kind.OFFLINE ? 1 : 0);
                rows.add(row);
            }
        }
        return Answer.of(rows);
    }

    private Answer test(Params p, Auth auth) {
        auth.needsApplication();
        portal.events().emit("ONAPPTEST", Map.of("QUERY", p.all()));
        return Answer.of(1);
    }

    private static Answer known(Auth auth) {
        auth.needsApplication();
        return Answer.of(Events.KNOWN.stream().sorted().toList());
    }

    private Answer offline(Params p, Auth auth) {
        auth.needsApplication();
        boolean clear = p.on("clear", true);
        int limit = p.number("limit").orElse(Table.PAGE);
        Map<String, Map<String, Object>> queue = portal.events().offlineQueue();
        Set<String> taken = new java.util.HashSet<>();
        reserved.values().forEach(taken::addAll);
        List<String> keys = queue.keySet().stream()
                .filter(key -> !taken.contains(key))
                .limit(limit)
                .toList();
        List<Map<String, Object>> rows = keys.stream().map(queue::get).toList();
        Map<String, Object> result = new LinkedHashMap<>();
        if (clear) {
            keys.forEach(queue::remove);
            result.put("process_id", null);
        } else {
            String process = portal.hex(32);
            reserved.put(process, Set.copyOf(keys));
            result.put("process_id", process);
        }
        result.put("events", rows);
        return Answer.of(result);
    }

    private Answer queue(Params p, Auth auth) {
        auth.needsApplication();
        List<Map<String, Object>> rows = portal.events().offlineQueue().values().stream()
                .limit(Table.PAGE)
                .toList();
        return new Answer(rows, portal.events().offlineQueue().size(), null);
    }

    private Answer clear(Params p, Auth auth) {
        auth.needsApplication();
        Set<String> keys = reserved.remove(p.text("process_id"));
        if (keys != null) {
            keys.forEach(portal.events().offlineQueue()::remove);
        }
        return Answer.of(true);
    }
}
