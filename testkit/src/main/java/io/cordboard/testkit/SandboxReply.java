// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a sandbox answers. Immutable.
 *
 * @param status the HTTP status
 * @param contentType the body's type
 * @param body the body
 * @param headers further headers
 */
// The bytes are the wire: sent as they are, and never compared.
@SuppressWarnings("ArrayRecordComponent")
public record SandboxReply(int status, String contentType, byte[] body, Map<String, String> headers) {
    /** Copies the headers. */
    public SandboxReply {
        headers = Map.copyOf(headers);
    }

    /**
     * {@return a JSON answer}
     *
     * @param status the HTTP status
     * @param value what {@link Json#write} can write
     */
    public static SandboxReply json(int status, Object value) {
        return new SandboxReply(status, "application/json; charset=utf-8", Json.write(value), Map.of());
    }

    /**
     * {@return a text answer}
     *
     * @param status the HTTP status
     * @param contentType such as {@code text/html; charset=utf-8}
     * @param text the body
     */
    public static SandboxReply text(int status, String contentType, String text) {
        return new SandboxReply(status, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /**
     * {@return this answer with one more header}
     *
     * @param name its name
     * @param value its value
     */
    public SandboxReply withHeader(String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(headers);
        more.put(name, value);
        return new SandboxReply(status, contentType, body, more);
    }

    @Override
    public String toString() {
        return status + " " + contentType + ", " + body.length + " bytes";
    }
}
