// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.Json;
import io.cordboard.testkit.SandboxRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The items of a request's body, checked; each knows its {@code request_id}. */
final class Body {
    private Body() {}

    /** The items of a body that must be an array. */
    static List<Item> items(SandboxRequest request, Check check) {
        Object value = value(request);
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            throw AmoError.of(400, "Request body must be a non-empty array");
        }
        return checked(list, check);
    }

    /** The one item of a body that must be an object. */
    static Item one(SandboxRequest request, Check check) {
        Object value = value(request);
        if (!(value instanceof Map)) {
            throw AmoError.of(400, "Request body must be an object");
        }
        return checked(List.of(value), check).get(0);
    }

    /** The one item of a body that may be left out. */
    static Item maybe(SandboxRequest request, Check check) {
        return request.body().length == 0 ? new Item("0", Map.of()) : one(request, check);
    }

    private static @Nullable Object value(SandboxRequest request) {
        try {
            return Json.value(request.body());
        } catch (IllegalArgumentException e) {
            throw AmoError.of(400, "Invalid JSON");
        }
    }

    private static List<Item> checked(List<?> list, Check check) {
        List<Map<String, Object>> wrong = new ArrayList<>();
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Object given = list.get(i) instanceof Map<?, ?> map ? map.get("request_id") : null;
            String requestId = given == null ? Integer.toString(i) : given.toString();
            List<Map<String, Object>> errors = check.check(list.get(i));
            if (errors.isEmpty()) {
                items.add(new Item(requestId, map(list.get(i))));
            } else {
                wrong.add(error(requestId, errors));
            }
        }
        if (!wrong.isEmpty()) {
            throw AmoError.invalid(wrong);
        }
        return items;
    }

    static Map<String, Object> error(String requestId, List<Map<String, Object>> errors) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("request_id", requestId);
        error.put("errors", errors);
        return error;
    }

    // Every key of a JSON object is a string.
    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map ? (Map<String, Object>) value : Map.of();
    }

    static List<Map<String, Object>> maps(@Nullable Object value) {
        List<Map<String, Object>> maps = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(one -> maps.add(map(one)));
        }
        return maps;
    }

    /** Says what is wrong with one item of a body. */
    interface Check {
        List<Map<String, Object>> check(Object item);

        /** This check, and then another one when nothing was wrong. */
        default Check then(Function<Item, List<Map<String, Object>>> next) {
            return item -> {
                List<Map<String, Object>> wrong = check(item);
                return wrong.isEmpty() ? next.apply(new Item("", map(item))) : wrong;
            };
        }
    }

    /** One item of a body. */
    record Item(String requestId, Map<String, Object> members) {
        boolean has(String name) {
            return members.get(name) != null;
        }

        int number(String name, int otherwise) {
            return members.get(name) instanceof Number number ? number.intValue() : otherwise;
        }

        long time(String name, long otherwise) {
            return members.get(name) instanceof Number number ? number.longValue() : otherwise;
        }

        String text(String name) {
            Object value = members.get(name);
            return value == null ? "" : value.toString();
        }

        Map<String, Object> map(String name) {
            return Body.map(members.get(name));
        }
    }
}
