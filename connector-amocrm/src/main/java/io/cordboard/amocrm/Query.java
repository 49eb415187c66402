// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.StringJoiner;

/** What stands behind the question mark, with brackets as PHP has them. Not safe for use by many threads. */
final class Query {
    private final String path;
    private final StringJoiner pairs = new StringJoiner("&");

    private Query(String path) {
        this.path = path;
    }

    static Query of(String path) {
        return new Query(path);
    }

    Query and(String name, Object value) {
        pairs.add(escape(name) + "=" + escape(String.valueOf(value)));
        return this;
    }

    /** Adds one pair for each value, under a name that ends with brackets. */
    Query andAll(String name, Collection<?> values) {
        values.forEach(value -> and(name, value));
        return this;
    }

    @Override
    public String toString() {
        return pairs.length() == 0 ? path : path + "?" + pairs;
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
