// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordboard.server.whole.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code cordboard run} as a process of its own, in front of something that speaks the manager interface and is not
 * ours: whatever its manners are, the API shows what the phones did.
 */
final class ForeignReplayTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<ForeignAmi> pbxs = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private List<RecordedSession> sessions = List.of();
    private URI url = URI.create("http://127.0.0.1/");
    private ServerProcess server = new ServerProcess(Path.of(""), Path.of(""), url);

    @BeforeEach
    void read() throws IOException {
        sessions = RecordedSession.all();
        assertThat(sessions).hasSizeGreaterThanOrEqualTo(30);
    }

    @AfterEach
    void stop() throws Exception {
        server.kill();
        for (ForeignAmi pbx : pbxs) {
            pbx.close();
        }
    }

    @Test
    void everySessionMatchesWhenItIsToldInOneGoAfterTheLogin() throws Exception {
        eachOnItsOwnPbx(new ForeignAmi.Manners(false, true, false, false, false), Duration.ofSeconds(30));
    }

    @Test
    void everySessionMatchesWhenNothingButTheLoginIsAnsweredAndTimePasses() throws Exception {
        eachOnItsOwnPbx(new ForeignAmi.Manners(false, false, true, false, false), Duration.ofSeconds(90));
    }

    @Test
    void everySessionMatchesWhenRecordedAnswersAreAmongTheEvents() throws Exception {
        eachOnItsOwnPbx(new ForeignAmi.Manners(true, true, false, true, true), Duration.ofSeconds(30));
    }

    @Test
    void everySessionMatchesWhenEachHasAConnectionThatEndsWithTheLastWord() throws Exception {
        List<List<RecordedSession>> connections =
                sessions.stream().map(List::of).toList();
        onePbx(new ForeignAmi.Manners(false, false, false, false, true), connections);
    }

    @Test
    void everySessionMatchesWhenAllAreToldOnOneConnection() throws Exception {
        onePbx(new ForeignAmi.Manners(true, true, false, false, false), List.of(sessions));
    }

    private void eachOnItsOwnPbx(ForeignAmi.Manners manners, Duration patience) throws Exception {
        Map<String, ForeignAmi> accounts = new LinkedHashMap<>();
        for (RecordedSession session : sessions) {
            ForeignAmi pbx = new ForeignAmi(manners, List.of(List.of(session)));
            pbxs.add(pbx);
            accounts.put(session.name(), pbx);
        }
        start(accounts);
        int expected = sessions.stream().mapToInt(s -> s.expected().size()).sum();
        List<JsonNode> calls = settled(expected, patience);
        for (RecordedSession session : sessions) {
            matches(
                    session,
                    calls.stream()
                            .filter(call -> call.get("pbx").asText().equals(session.name()))
                            .toList());
        }
    }

    private void onePbx(ForeignAmi.Manners manners, List<List<RecordedSession>> connections) throws Exception {
        ForeignAmi pbx = new ForeignAmi(manners, connections);
        pbxs.add(pbx);
        start(Map.of("hq", pbx));
        int expected = sessions.stream().mapToInt(s -> s.expected().size()).sum();
        List<JsonNode> calls = settled(expected, Duration.ofSeconds(60));
        for (RecordedSession session : sessions) {
            matches(session, calls.stream().filter(call -> isOf(session, call)).toList());
        }
    }

    /** Four sessions were recorded with one and the same given id: these are told apart by when they began. */
    private static boolean isOf(RecordedSession session, JsonNode call) {
        String id = call.get("id").asText().substring("hq:".length());
        return session.ids().contains(id.replaceFirst("~.*", ""))
                && session.covers(call.get("startedAt").asText());
    }

    private static void matches(RecordedSession session, List<JsonNode> calls) {
        assertThat(calls).as(session.name()).hasSameSizeAs(session.expected());
        for (int i = 0; i < calls.size(); i++) {
            ApiCall.matches(session.name(), calls.get(i), session.expected().get(i));
        }
    }

    private void start(Map<String, ForeignAmi> accounts) throws IOException {
        // Last, so that no PBX is given this port.
        url = URI.create("http://127.0.0.1:" + ServerProcess.freePort() + "/");
        StringBuilder lines = new StringBuilder("""
                store: ./data
                region: RU
                http: {listen: "%s"}
                settleAfter: 1s
                crm: []
                pbx:
                """.formatted(url.getAuthority()));
        accounts.forEach((id, pbx) -> lines.append(
                        "  - {id: %s, type: asterisk, host: 127.0.0.1, port: %d, ".formatted(id, pbx.port()))
                .append("username: cordboard, secret: open-sesame}\n"));
        Path config = Files.writeString(folder.resolve("cordboard.yaml"), lines);
        server = new ServerProcess(config, folder.resolve("server.log"), url);
        server.start();
        server.awaitUp();
    }

    private List<JsonNode> settled(int expected, Duration patience) {
        HttpRequest request =
                HttpRequest.newBuilder(url.resolve("/api/calls?limit=1000")).build();
        List<JsonNode> calls = new ArrayList<>();
        Awaitility.await().atMost(patience).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            calls.clear();
            JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .get("calls")
                    .forEach(calls::add);
            assertThat(pbxs).allMatch(ForeignAmi::isThrough);
            assertThat(calls).extracting(call -> call.get("state").asText()).containsOnly("SETTLED");
            assertThat(calls).hasSizeGreaterThanOrEqualTo(expected);
        });
        assertThat(calls).as("no call too many").hasSize(expected);
        calls.sort(Comparator.comparing(call -> call.get("startedAt").asText()));
        return calls;
    }
}
