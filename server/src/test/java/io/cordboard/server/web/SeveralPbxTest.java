// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordboard.server.config.ConfigFile;
import io.cordboard.server.run.RunningServer;
import io.cordboard.testkit.CrmBooks;
import io.cordboard.testkit.Sandbox;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.asterisk.AsteriskSandbox;
import io.cordboard.testkit.asterisk.Play;
import io.cordboard.testkit.bitrix24.Bitrix24Sandbox;
import io.cordboard.testkit.mango.MangoSandbox;
import io.cordboard.testkit.zadarma.ZadarmaSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three telephone systems in front of one server, with the same agent and the same customer on all of them. */
class SeveralPbxTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final SandboxOptions FREE = SandboxOptions.DEFAULTS.withLimits(false);
    private static final String CUSTOMER = "+79161234567";
    private static final String ANNA = "101";

    private final ZadarmaSandbox zadarma = ZadarmaSandbox.start(FREE);
    private final MangoSandbox mango = MangoSandbox.start(FREE);
    private final AsteriskSandbox asterisk = new AsteriskSandbox(FREE);
    private final Bitrix24Sandbox crm = Bitrix24Sandbox.start(FREE.withContacts(5));
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private RunningServer server;

    @BeforeEach
    void open() throws IOException {
        zadarma.furnish(List.of(ANNA), "74951110002", 20);
        mango.furnish(List.of(ANNA), "74951110003", 20);
        server = RunningServer.start(ConfigFile.read(config(), name -> null), Clock.systemUTC(), "test");
        zadarma.publish(hook("cloud"));
        mango.publish(hook("branch"));
        await().atMost(PATIENCE)
                .until(() -> Long.valueOf(1).equals(asterisk.state().get("loggedIn")));
    }

    @AfterEach
    void close() {
        server.close();
        crm.close();
        asterisk.close();
        mango.close();
        zadarma.close();
    }

    @Test
    void theSameCustomerOnAllOfThemAtOnceIsOneRecordEachAndOneLead() {
        CompletableFuture<?> first = CompletableFuture.runAsync(() -> zadarma.playToEnd(call("answered")));
        CompletableFuture<?> second = CompletableFuture.runAsync(() -> mango.playToEnd(call("answered")));
        String third = asterisk.start(
                Play.of("inbound-answered").asNew().from(CUSTOMER).atSpeed(2));
        CompletableFuture.allOf(first, second).join();

        await().atMost(PATIENCE).until(() -> texts(calls(), "state").equals(List.of("SETTLED", "SETTLED", "SETTLED")));
        assertThat(texts(calls(), "pbx")).containsExactlyInAnyOrder("cloud", "branch", "hq");
        assertThat(texts(calls(), "id")).contains("hq:" + third);
        assertThat(calls())
                .allMatch(call -> ANNA.equals(call.path("answeredBy").path(0).asText()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(records()).hasSize(3).allMatch(CrmBooks.HeldCall::finished));
        assertThat(records()).allMatch(record -> record.result() == CrmBooks.Result.ANSWERED);
        assertThat(records()).allMatch(record -> record.user().equals("1"));
        assertThat(crm.books().newcomers().values()).containsExactly(1L);
    }

    @Test
    void whoTalksOnOneOfThemIsBusyForAllOfThem() {
        mango.turn(Map.of("speed", 200.0));
        CompletableFuture<?> talk = CompletableFuture.runAsync(() -> mango.playToEnd(call("talk")));
        await().atMost(PATIENCE).until(() -> state().equals("ON_CALL"));

        zadarma.playToEnd(call("answered"));
        await().atMost(PATIENCE).until(() -> texts(calls(), "state").contains("SETTLED"));
        assertThat(texts(calls(), "pbx")).contains("branch");
        assertThat(state()).as("the call on the other one goes on").isEqualTo("ON_CALL");

        talk.join();
        await().atMost(PATIENCE).until(() -> !state().equals("ON_CALL"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(records()).hasSize(2).allMatch(CrmBooks.HeldCall::finished));
    }

    private static Map<String, Object> call(String kind) {
        return Map.of("kind", kind, "from", CUSTOMER, "extension", ANNA);
    }

    private List<CrmBooks.HeldCall> records() {
        return crm.books().calls();
    }

    private List<JsonNode> calls() {
        List<JsonNode> calls = new ArrayList<>();
        json("/api/calls").path("calls").forEach(calls::add);
        return calls;
    }

    private String state() {
        return json("/api/agents").path("agents").path(0).path("state").asText();
    }

    private static List<String> texts(List<JsonNode> nodes, String name) {
        return nodes.stream().map(node -> node.path(name).asText()).toList();
    }

    private JsonNode json(String path) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(server.deskUrl().resolve(path)).build();
            return new ObjectMapper()
                    .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI hook(String pbx) {
        return Objects.requireNonNull(server.hookUrls().get(pbx));
    }

    private Path config() throws IOException {
        List<String> lines =
                new ArrayList<>(List.of("store: ./data", "region: RU", "http: {listen: \"127.0.0.1:0\"}", "pbx:"));
        pbx(lines, "cloud", zadarma);
        pbx(lines, "branch", mango);
        pbx(lines, "hq", asterisk);
        lines.addAll(List.of(
                "crm:",
                "  - id: main",
                "    type: bitrix24",
                "    webhookUrl: \"" + crm.webhookUrl() + "\"",
                "    applicationToken: \"" + crm.applicationToken() + "\"",
                "agents:",
                "  - {name: Anna, extensions: {cloud: \"101\", branch: \"101\", hq: \"101\"}, users: {main: \"1\"}}",
                "settleAfter: 100ms"));
        return Files.write(folder.resolve("several.yaml"), lines);
    }

    private static void pbx(List<String> lines, String id, Sandbox sandbox) {
        lines.add("  - id: " + id);
        sandbox.config().forEach((key, value) -> lines.add("    " + key + ": \"" + value + "\""));
    }
}
