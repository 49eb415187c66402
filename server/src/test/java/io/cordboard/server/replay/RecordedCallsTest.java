// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordboard.server.config.ConfigFile;
import io.cordboard.server.run.RunningServer;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.asterisk.AsteriskSandbox;
import io.cordboard.testkit.asterisk.Play;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the phones did, read from the SIP side of the same sessions, is what the API shows. */
final class RecordedCallsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, AsteriskSandbox> PBXS = new LinkedHashMap<>();

    @TempDir
    private static Path folder;

    private static @Nullable RunningServer server;

    /** One server in front of all of them; each of the sessions is told at the same time by a PBX of its own. */
    @BeforeAll
    static void play() throws IOException {
        for (String trace : (Iterable<String>) traces().map(Named::getName)::iterator) {
            PBXS.put(trace, new AsteriskSandbox(SandboxOptions.DEFAULTS));
        }
        Path file = Files.writeString(folder.resolve("cordboard.yaml"), configuration());
        server = RunningServer.start(ConfigFile.read(file, name -> null), Clock.systemUTC(), "test");
        for (Map.Entry<String, AsteriskSandbox> pbx : PBXS.entrySet()) {
            Awaitility.await()
                    .until(() -> String.valueOf(pbx.getValue().state().get("loggedIn"))
                            .equals("1"));
            pbx.getValue().play(Play.of(pbx.getKey()));
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        PBXS.values().forEach(AsteriskSandbox::close);
        PBXS.clear();
    }

    static Stream<Named<Map.Entry<String, JsonNode>>> traces() throws IOException {
        try (InputStream file = Play.class.getResourceAsStream("traces/expected.json")) {
            List<Map.Entry<String, JsonNode>> traces = new ArrayList<>();
            JSON.readTree(file).get("traces").properties().forEach(traces::add);
            return traces.stream().map(trace -> Named.of(trace.getKey(), trace));
        }
    }

    @ParameterizedTest
    @MethodSource("traces")
    void apiShowsWhatThePhonesDid(Map.Entry<String, JsonNode> trace) {
        List<JsonNode> calls = settled(trace.getKey(), trace.getValue().size());
        for (int i = 0; i < calls.size(); i++) {
            ApiCall.matches(trace.getKey(), calls.get(i), trace.getValue().get(i));
        }
    }

    private static String configuration() {
        StringBuilder lines = new StringBuilder("""
                store: ./data
                region: RU
                http: {listen: "127.0.0.1:0"}
                settleAfter: 300ms
                crm: []
                pbx:
                """);
        PBXS.forEach((trace, asterisk) -> {
            lines.append("  - id: ").append(trace).append('\n');
            asterisk.config()
                    .forEach((key, value) -> lines.append("    ")
                            .append(key)
                            .append(": \"")
                            .append(value)
                            .append("\"\n"));
        });
        return lines.toString();
    }

    private static List<JsonNode> settled(String pbx, int expected) {
        HttpClient http = HttpClient.newHttpClient();
        URI url = Objects.requireNonNull(server).deskUrl().resolve("/api/calls?limit=1000");
        HttpRequest request = HttpRequest.newBuilder(url).build();
        List<JsonNode> calls = new ArrayList<>();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    calls.clear();
                    JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString())
                                    .body())
                            .get("calls")
                            .forEach(call -> {
                                if (call.get("pbx").asText().equals(pbx)) {
                                    calls.add(call);
                                }
                            });
                    return calls.size() >= expected
                            && calls.stream()
                                    .allMatch(call -> call.get("state").asText().equals("SETTLED"));
                });
        assertThat(calls).as("no call too many").hasSize(expected);
        calls.sort(Comparator.comparing(call -> call.get("startedAt").asText()));
        return calls;
    }
}
