// SPDX-License-Identifier: Apache-2.0
package io.cordboard.connector;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a vendor calls: a request in, a response out, no web framework in it. The application mounts it behind a secret
 * path in the web server that it has.
 *
 * <p>Answers within milliseconds; what was acknowledged is on disk. Safe for use by many threads.
 */
@FunctionalInterface
public interface Webhook {
    /**
     * {@return the answer}
     *
     * @param request what the vendor sent; the web server has limited its size
     * @throws RuntimeException only when the store cannot be written; the web server answers 503 then, so that the
     *     vendor sends it again
     */
    Response handle(Request request);

    /**
     * What a vendor sent. Immutable.
     *
     * @param method such as {@code POST}
     * @param path what stands behind the webhook's own address, such as {@code events/call}; empty where nothing does
     * @param query the raw query string, or empty
     * @param headers by lower-case name
     * @param body the raw body
     * @param remoteAddress the sender's address, such as {@code 185.45.152.42}
     */
    // The bytes are the wire: hashed and parsed as they are, and never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Request(
            String method, String path, String query, Map<String, String> headers, byte[] body, String remoteAddress) {
        /**
         * Makes a request to the webhook's own address.
         *
         * @param method such as {@code POST}
         * @param query the raw query string, or empty
         * @param headers by lower-case name
         * @param body the raw body
         * @param remoteAddress the sender's address
         */
        public Request(String method, String query, Map<String, String> headers, byte[] body, String remoteAddress) {
            this(method, "", query, headers, body, remoteAddress);
        }

        /**
         * {@return a header's value}
         *
         * @param name its name, in any case
         */
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }

        /** {@return the body as UTF-8 text} */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return method + " " + body.length + " bytes from " + remoteAddress;
        }
    }

    /**
     * What the vendor gets. Immutable.
     *
     * @param status the HTTP status
     * @param contentType such as {@code application/json}
     * @param body the body
     */
    // The bytes are the wire: hashed and parsed as they are, and never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Response(int status, String contentType, byte[] body) {
        /**
         * {@return a plain text answer}
         *
         * @param status the HTTP status
         * @param text the body
         */
        public static Response text(int status, String text) {
            return new Response(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
        }

        /**
         * {@return a JSON answer with status 200}
         *
         * @param json the body
         */
        public static Response json(String json) {
            return new Response(200, "application/json; charset=utf-8", json.getBytes(StandardCharsets.UTF_8));
        }
    }
}
