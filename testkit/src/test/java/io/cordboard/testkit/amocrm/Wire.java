// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

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
import java.util.Objects;

/** Speaks raw HTTP to an account, without any connector. */
final class Wire {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String token;

    Wire(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    Reply get(String path) {
        return send("GET", path, "");
    }

    Reply post(String path, Object body) {
        return send("POST", path, new String(Json.write(body), StandardCharsets.UTF_8));
    }

    Reply patch(String path, Object body) {
        return send("PATCH", path, new String(Json.write(body), StandardCharsets.UTF_8));
    }

    Reply delete(String path, Object body) {
        return send("DELETE", path, new String(Json.write(body), StandardCharsets.UTF_8));
    }

    Reply send(String method, String path, String body) {
        String encoded = path.replace("[", "%5B").replace("]", "%5D").replace(" ", "%20");
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + encoded))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            return new Reply(client.send(request, BodyHandlers.ofByteArray()));
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

        String type() {
            return response.headers().firstValue("content-type").orElse("");
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        Map<String, Object> body() {
            return Json.read(response.body());
        }

        /** The items below {@code _embedded}. */
        List<Map<String, Object>> rows(String name) {
            return Body.maps(Body.map(body().get("_embedded")).get(name));
        }

        int id(String name) {
            return Objects.requireNonNull((Number) rows(name).get(0).get("id")).intValue();
        }

        /** Status, code and path of the first thing that is wrong with a body. */
        String wrong() {
            Map<String, Object> first =
                    Body.maps(body().get("validation-errors")).get(0);
            Map<String, Object> error = Body.maps(first.get("errors")).get(0);
            return status() + " " + first.get("request_id") + " " + error.get("code") + " " + error.get("path");
        }
    }
}
