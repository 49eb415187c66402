// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Form encoding as PHP has it: {@code fields[PHONE][0][VALUE]=...}. */
final class Php {
    private static final int MOST_PAIRS = 500;

    private Php() {}

    /** {@return a query string; members of maps and lists get brackets} */
    static String encode(Map<String, ?> params) {
        StringJoiner query = new StringJoiner("&");
        params.forEach((key, value) -> append(query, escape(key), value));
        return query.toString();
    }

    /**
     * {@return the pairs of a form by their names as PHP writes them, such as {@code data[FIELDS][ID]}; empty when the
     * form is broken}
     */
    static Optional<Map<String, String>> decode(String form) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : form.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals <= 0 || pairs.size() >= MOST_PAIRS) {
                return Optional.empty();
            }
            try {
                pairs.put(unescape(pair.substring(0, equals)), unescape(pair.substring(equals + 1)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(pairs);
    }

    private static void append(StringJoiner query, String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> append(query, name + "%5B" + escape(String.valueOf(key)) + "%5D", member));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                append(query, name + "%5B" + i + "%5D", list.get(i));
            }
        } else {
            query.add(name + "=" + escape(String.valueOf(value)));
        }
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String unescape(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
