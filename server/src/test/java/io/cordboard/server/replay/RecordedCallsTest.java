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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the phones did, read from the SIP side of the same sessions, is what the API shows. */
final class RecordedCallsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    static Stream<Named<Map.Entry<String, JsonNode>>> traces() throws IOException {
        try (InputStream file = Play.class.getResourceAsStream("traces/expected.json")) {
            List<Map.Entry<String, JsonNode>> traces = new ArrayList<>();
            JSON.readTree(file).get("traces").properties().forEach(traces::add);
            return traces.stream().map(trace -> Named.of(trace.getKey(), trace));
        }
    }

    @ParameterizedTest
    @MethodSource("traces")
    void apiShowsWhatThePhonesDid(Map.Entry<String, JsonNode> trace) throws Exception {
        try (AsteriskSandbox asterisk = new AsteriskSandbox(SandboxOptions.DEFAULTS)) {
            Path file = Files.writeString(folder.resolve("cordboard.yaml"), configuration(asterisk));
            RunningServer server = RunningServer.start(ConfigFile.read(file, name -> null), Clock.systemUTC(), "test");
            try {
                Awaitility.await()
                        .until(() ->
                                String.valueOf(asterisk.state().get("loggedIn")).equals("1"));

                asterisk.play(Play.of(trace.getKey()));

                List<JsonNode> calls =
                        settled(server.deskUrl(), trace.getValue().size());
                for (int i = 0; i < calls.size(); i++) {
                    ApiCall.matches(
                            trace.getKey(), calls.get(i), trace.getValue().get(i));
                }
            } finally {
                server.close();
            }
        }
    }

    private static String configuration(AsteriskSandbox asterisk) {
        StringBuilder lines = new StringBuilder("""
                store: ./data
                region: RU
                http: {listen: "127.0.0.1:0"}
                settleAfter: 300ms
                crm: []
                pbx:
                  - id: hq
                """);
        asterisk.config()
                .forEach((key, value) -> lines.append("    ")
                        .append(key)
                        .append(": \"")
                        .append(value)
                        .append("\"\n"));
        return lines.toString();
    }

    private static List<JsonNode> settled(URI url, int expected) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/api/calls")).build();
        List<JsonNode> calls = new ArrayList<>();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    calls.clear();
                    JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString())
                                    .body())
                            .get("calls")
                            .forEach(calls::add);
                    return calls.size() >= expected
                            && calls.stream()
                                    .allMatch(call -> call.get("state").asText().equals("SETTLED"));
                });
        assertThat(calls).as("no call too many").hasSize(expected);
        calls.sort(Comparator.comparing(call -> call.get("startedAt").asText()));
        return calls;
    }
}
