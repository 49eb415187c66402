// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import io.cordboard.testkit.Form;
import io.cordboard.testkit.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Speaks raw HTTP to a sandbox, without any connector. */
final class Wire {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    Wire(URI base) {
        this.base = base.toString();
    }

    Reply json(String method, Map<String, ?> params) {
        return send(HttpRequest.newBuilder(URI.create(base + method))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.write(params))));
    }

    Reply form(String method, Map<String, ?> params) {
        return send(HttpRequest.newBuilder(URI.create(base + method))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Form.write(params))));
    }

    Reply get(String method, Map<String, ?> params) {
        return send(HttpRequest.newBuilder(URI.create(base + method + "?" + Form.write(params))));
    }

    Reply multipart(String url, String field, String fileName, byte[] content) {
        byte[] head = ("--xyz\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"" + fileName
                        + "\"\r\nContent-Type: audio/mpeg\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\r\n--xyz--\r\n".getBytes(StandardCharsets.UTF_8);
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "multipart/form-data; boundary=xyz")
                .POST(BodyPublishers.ofByteArrays(List.of(head, content, tail))));
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response =
                    client.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofByteArray());
            return new Reply(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What came back. */
    record Reply(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        Map<String, Object> body() {
            return Json.read(response.body());
        }

        Object result() {
            Object result = body().get("result");
            if (result == null) {
                throw new AssertionError("no result: " + text());
            }
            return result;
        }

        Map<String, Object> map() {
            return asMap(result());
        }

        String text(String key) {
            return String.valueOf(map().get(key));
        }

        List<Map<String, Object>> rows() {
            return ((List<?>) result()).stream().map(Reply::asMap).toList();
        }

        String error() {
            return status() + " " + body().get("error") + ": " + body().get("error_description");
        }

        // Every key of a JSON object is a string.
        @SuppressWarnings("unchecked")
        static Map<String, Object> asMap(Object value) {
            return (Map<String, Object>) value;
        }
    }
}
