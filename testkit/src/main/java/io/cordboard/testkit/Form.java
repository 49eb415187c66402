// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Parameters as PHP writes them: {@code fields[PHONE][0][VALUE]=1}. */
public final class Form {
    private Form() {}

    /**
     * {@return the parameters, nested; lists are maps whose keys are the indices}
     *
     * @param encoded a query or an urlencoded body
     */
    public static Map<String, Object> parse(String encoded) {
        Map<String, Object> root = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String key = decode(equals < 0 ? pair : pair.substring(0, equals));
                put(root, key, equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return root;
    }

    /**
     * {@return the parameters as PHP writes them}
     *
     * @param params maps, lists and values
     */
    public static String write(Map<String, ?> params) {
        StringJoiner joiner = new StringJoiner("&");
        params.forEach((key, value) -> write(joiner, encode(key), value));
        return joiner.toString();
    }

    private static void write(StringJoiner joiner, String key, Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> write(joiner, key + encode("[" + k + "]"), v));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                write(joiner, key + encode("[" + i + "]"), list.get(i));
            }
        } else {
            joiner.add(key + "=" + encode(String.valueOf(value)));
        }
    }

    static void put(Map<String, Object> root, String key, Object value) {
        int bracket = key.indexOf('[');
        Map<String, Object> map = root;
        String name = bracket <= 0 ? key : key.substring(0, bracket);
        int at = bracket <= 0 ? -1 : bracket;
        while (at >= 0 && at < key.length() && key.charAt(at) == '[') {
            int end = key.indexOf(']', at);
            if (end < 0) {
                break;
            }
            map = child(map, name);
            String inner = key.substring(at + 1, end);
            name = inner.isEmpty() ? Integer.toString(map.size()) : inner;
            at = end + 1;
        }
        map.put(name, value);
    }

    // Every map in the tree was made here.
    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> map, String name) {
        Object child = map.get(name);
        if (!(child instanceof Map)) {
            child = new LinkedHashMap<String, Object>();
            map.put(name, child);
        }
        return (Map<String, Object>) child;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a stray percent sign is text, as in PHP
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
