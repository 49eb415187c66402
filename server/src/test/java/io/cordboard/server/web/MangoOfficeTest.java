// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordboard.server.config.ConfigFile;
import io.cordboard.server.run.RunningServer;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.bitrix24.Bitrix24Sandbox;
import io.cordboard.testkit.mango.MangoSandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mango posts below the address that it was given, and what it tells becomes a call in the CRM. */
class MangoOfficeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder = Path.of("");

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void aCallOfMangoIsOneRecordInTheCrm() throws Exception {
        try (MangoSandbox pbx = MangoSandbox.start(SandboxOptions.DEFAULTS.withLimits(false));
                Bitrix24Sandbox crm = Bitrix24Sandbox.start(
                        SandboxOptions.DEFAULTS.withContacts(5).withLimits(false));
                RunningServer server =
                        RunningServer.start(ConfigFile.read(config(pbx, crm), name -> null), Clock.systemUTC(), "t")) {
            pbx.turn(Map.of("speed", 20.0));
            URI hook = Objects.requireNonNull(server.hookUrls().get("office"));
            assertThat(pbx.connect(hook)).isEqualTo(200);
            assertThat(pbx.connect(URI.create(hook + "x"))).isEqualTo(404);
            assertThat(pbx.connect(hook)).isEqualTo(200);

            pbx.play(Map.of("kind", "answered", "from", "+79161234567", "extension", "101", "wait", true));

            await().atMost(PATIENCE).until(() -> delivered(server.deskUrl()));
            JsonNode call = calls(server.deskUrl()).path(0);
            assertThat(call.path("answeredBy").path(0).asText()).isEqualTo("101");
            assertThat(pbx.deliveries()).allMatch(delivery -> Boolean.TRUE.equals(delivery.get("acknowledged")));
        }
    }

    private boolean delivered(URI desk) throws IOException, InterruptedException {
        JsonNode calls = calls(desk);
        return calls.size() == 1 && calls.path(0).toString().contains("DONE");
    }

    private JsonNode calls(URI desk) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(desk.resolve("/api/calls")).build();
        return new ObjectMapper()
                .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body())
                .path("calls");
    }

    private Path config(MangoSandbox pbx, Bitrix24Sandbox crm) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> lines = new ArrayList<>(List.of(
                "store: ./data", "region: RU", "http: {listen: \"127.0.0.1:" + port + "\"}", "pbx:", "  - id: office"));
        pbx.config().forEach((key, value) -> lines.add("    " + key + ": \"" + value + "\""));
        lines.addAll(List.of(
                "crm:",
                "  - id: main",
                "    type: bitrix24",
                "    webhookUrl: \"" + crm.webhookUrl() + "\"",
                "    applicationToken: \"" + crm.applicationToken() + "\"",
                "agents:",
                "  - {name: Anna, extensions: {office: \"101\"}, users: {main: \"1\"}}",
                "settleAfter: 100ms"));
        return Files.write(folder.resolve("mango.yaml"), lines);
    }
}
