// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordboard.server.config.ConfigFile;
import io.cordboard.server.run.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** The whole server on a free port, with a store on disk and a plain PBX. */
final class House implements AutoCloseable {
    private final RunningServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private House(RunningServer server) {
        this.server = server;
    }

    static House open(Path folder, String http) throws IOException {
        return open(folder, http, Clock.systemUTC());
    }

    static House open(Path folder, String http, Clock clock) throws IOException {
        Path file = Files.writeString(folder.resolve("cordboard.yaml"), """
                store: ./data
                region: RU
                http: {listen: "127.0.0.1:0"%s}
                pbx:
                  - {id: hq, type: plain, hookSecret: 0123456789abcdef}
                agents:
                  - {name: Anna, extensions: {hq: "101"}, timeZone: Europe/Moscow}
                settleAfter: 0s
                """.formatted(http));
        return new House(RunningServer.start(ConfigFile.read(file, name -> null), clock, "test"));
    }

    URI url() {
        return server.deskUrl();
    }

    String host() {
        return "127.0.0.1:" + url().getPort();
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String type, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url().resolve(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url().resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    HttpResponse<String> hook(String words) throws IOException, InterruptedException {
        return post("/hook/hq/0123456789abcdef", "text/plain", words);
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get(path).body());
    }

    @Override
    public void close() {
        server.close();
    }
}
