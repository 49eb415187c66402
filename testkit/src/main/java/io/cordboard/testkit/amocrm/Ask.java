// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.Form;
import io.cordboard.testkit.SandboxRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request of somebody who may ask. Immutable.
 *
 * @param http the request itself
 * @param user whose rights it has
 * @param base the address by which the account was reached, without a slash at the end
 * @param params the query
 */
record Ask(SandboxRequest http, int user, String base, Map<String, Object> params) {
    String text(String name) {
        Object value = params.get(name);
        return value == null || value instanceof Map ? "" : value.toString();
    }

    int number(String name, int otherwise) {
        try {
            return Integer.parseInt(text(name));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    Set<String> with() {
        return Set.of(text("with").split(",")).stream().map(String::strip).collect(Collectors.toSet());
    }

    Map<String, Object> filter() {
        return Body.map(params.get("filter"));
    }

    /** The values of {@code filter[name]}, {@code filter[name][]} or {@code filter[name]=1,2}. */
    List<String> filter(String name) {
        return list(filter().get(name));
    }

    static List<String> list(@Nullable Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(one -> texts.add(String.valueOf(one)));
        } else if (value != null) {
            texts.addAll(List.of(value.toString().split(",")));
        }
        return texts;
    }

    /** The way in which the list is sorted: a field and {@code asc} or {@code desc}. */
    Map.Entry<String, String> order(String otherwise) {
        Map<String, Object> order = Body.map(params.get("order"));
        return order.entrySet().stream()
                .findFirst()
                .map(entry -> Map.entry(entry.getKey(), String.valueOf(entry.getValue())))
                .orElse(Map.entry(otherwise, "asc"));
    }

    /** The address of another page of the same list. */
    String page(int number) {
        Map<String, Object> other = new LinkedHashMap<>(params);
        other.put("page", number);
        return base + http.path() + "?" + Form.write(new TreeMap<>(other));
    }

    String self() {
        return base + http.path() + (http.query().isEmpty() ? "" : "?" + http.query());
    }

    static Map<String, Object> link(String href) {
        return Map.of("self", Map.of("href", href));
    }
}
