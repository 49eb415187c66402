// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads urlencoded forms, as vendors post them. */
public final class Form {
    private static final int MOST_FIELDS = 100;

    private Form() {}

    /**
     * {@return the fields of a query or a body, decoded; the first of several with one name counts; empty when an
     * escape is broken or there are more than 100}
     *
     * @param text such as {@code a=1&b=2}
     */
    public static Optional<Map<String, String>> urlencoded(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        try {
            for (String pair : text.split("&", MOST_FIELDS + 1)) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    String name = equals < 0 ? pair : pair.substring(0, equals);
                    fields.putIfAbsent(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
                }
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return fields.size() > MOST_FIELDS ? Optional.empty() : Optional.of(fields);
    }

    /**
     * {@return the text; empty when the bytes are not UTF-8}
     *
     * @param body a request's body
     */
    public static Optional<String> utf8(byte[] body) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
