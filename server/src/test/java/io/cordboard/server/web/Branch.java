// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordboard.server.config.ConfigFile;
import io.cordboard.server.config.ServerConfig;
import io.cordboard.server.run.RunningServer;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.bitrix24.Bitrix24Sandbox;
import io.cordboard.testkit.zadarma.ZadarmaSandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A telephone system and a CRM that speak their vendors' language, and the real server between them. */
final class Branch implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final ZadarmaSandbox pbx = ZadarmaSandbox.start(SandboxOptions.DEFAULTS.withLimits(false));
    private final Bitrix24Sandbox crm =
            Bitrix24Sandbox.start(SandboxOptions.DEFAULTS.withContacts(5).withLimits(false));
    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable RunningServer server;

    Branch(Path folder) throws IOException {
        this.folder = folder;
        pbx.turn(Map.of("speed", 20.0));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    ZadarmaSandbox pbx() {
        return pbx;
    }

    Bitrix24Sandbox crm() {
        return crm;
    }

    /** {@return the address that the telephone system calls, empty for none} */
    String called() {
        return new ObjectMapper()
                .valueToTree(pbx.state())
                .path("webhook")
                .path("url")
                .asText();
    }

    /** An installed app, as its keys in a configuration. */
    Map<String, String> app() {
        Map<String, String> keys = new java.util.TreeMap<>();
        crm.application().forEach((key, value) -> keys.put("oauth." + key, value));
        keys.put("responsible", "1");
        keys.put("applicationToken", crm.applicationToken());
        return keys;
    }

    /** An inbound webhook, as its keys in a configuration. */
    Map<String, String> webhook() {
        return Map.of(
                "webhookUrl", crm.webhookUrl().toString(),
                "applicationToken", crm.applicationToken());
    }

    /** Writes the configuration and starts the server on it. */
    void run(Map<String, String> crmKeys, String... pbxLines) throws IOException {
        server = RunningServer.start(config(crmKeys, pbxLines), Clock.systemUTC(), "test");
    }

    ServerConfig config(Map<String, String> crmKeys, String... pbxLines) throws IOException {
        return ConfigFile.read(file(crmKeys, pbxLines), name -> null);
    }

    Path file(Map<String, String> crmKeys, String... pbxLines) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "store: ./data", "region: RU", "http: {listen: \"127.0.0.1:" + port + "\"}", "pbx:", "  - id: office"));
        pbx.config().forEach((key, value) -> lines.add("    " + key + ": \"" + value + "\""));
        for (String line : pbxLines) {
            lines.add("    " + line);
        }
        lines.addAll(List.of("crm:", "  - id: main", "    type: bitrix24"));
        List<String> oauth = new ArrayList<>();
        crmKeys.forEach((key, value) -> {
            if (key.startsWith("oauth.")) {
                oauth.add(key.substring("oauth.".length()) + ": \"" + value + "\"");
            } else {
                lines.add("    " + key + ": \"" + value + "\"");
            }
        });
        if (!oauth.isEmpty()) {
            lines.add("    oauth: {" + String.join(", ", oauth) + "}");
        }
        lines.addAll(List.of(
                "agents:",
                "  - {name: Anna, extensions: {office: \"101\"}, users: {main: \"1\"}}",
                "settleAfter: 100ms"));
        return Files.write(folder.resolve("branch.yaml"), lines);
    }

    private RunningServer running() {
        return Objects.requireNonNull(server);
    }

    URI url() {
        return running().deskUrl();
    }

    URI hook(String account) {
        return Objects.requireNonNull(running().hookUrls().get(account));
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(text(path));
    }

    String text(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(url().resolve(path)).build(), BodyHandlers.ofString())
                .body();
    }

    HttpResponse<String> post(URI address, String type, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
        pbx.close();
        crm.close();
    }
}
