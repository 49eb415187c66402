// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a sandbox was asked. Immutable.
 *
 * @param method such as {@code POST}
 * @param path the decoded path
 * @param query the raw query, or empty
 * @param headers by lower-case name
 * @param body the raw body
 * @param remoteAddress who asks
 */
// The bytes are the wire: parsed as they are, and never compared.
@SuppressWarnings("ArrayRecordComponent")
public record SandboxRequest(
        String method, String path, String query, Map<String, String> headers, byte[] body, String remoteAddress) {
    /** Copies the headers. */
    public SandboxRequest {
        headers = Map.copyOf(headers);
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

    /** {@return the query's parameters; {@code a[b][]=1} becomes nested maps, with indices as keys} */
    public Map<String, Object> queryParams() {
        return Form.parse(query);
    }

    /**
     * {@return the body's parameters, whatever its type: urlencoded, multipart (files are {@link Multipart.Part}s) or
     * JSON; none when the body is something else}
     */
    public Map<String, Object> bodyParams() {
        String type = header("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (body.length == 0) {
            return Map.of();
        }
        if (type.startsWith("application/x-www-form-urlencoded")) {
            return Form.parse(text());
        }
        if (type.startsWith("multipart/form-data")) {
            return Multipart.parse(header("content-type").orElse(""), body);
        }
        return type.contains("json") ? Json.read(body) : Map.of();
    }

    /** {@return the parameters of query and body together; the body's win} */
    public Map<String, Object> params() {
        Map<String, Object> all = new LinkedHashMap<>(queryParams());
        all.putAll(bodyParams());
        return all;
    }

    @Override
    public String toString() {
        return method + " " + body.length + " bytes from " + remoteAddress;
    }
}
