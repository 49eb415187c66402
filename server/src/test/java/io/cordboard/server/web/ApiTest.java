// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiTest {
    @TempDir
    private static Path root = Path.of("");

    private House house = unopened();

    // JUnit calls open() first; the field is never read before.
    @SuppressWarnings("NullAway")
    private static House unopened() {
        return null;
    }

    @BeforeEach
    void open() throws Exception {
        house = House.open(Files.createTempDirectory(root, "house"), "");
    }

    @AfterEach
    void close() {
        house.close();
    }

    /** A webhook is answered once the event is on disk; the call is there a moment later. */
    private void arrive(String id, String number) throws Exception {
        house.hook("arrive " + id + " " + number);
        await().until(() -> ids("/api/calls").contains("hq:" + id));
    }

    @Test
    void aCallIsToldInTheShapeThatIsPromised() throws Exception {
        arrive("a1", "89161234567");
        house.hook("end a1");
        await().until(() -> house.json("/api/calls?state=settled").path("calls").size() == 1);

        JsonNode call = house.json("/api/calls").path("calls").get(0);

        assertThat(call.path("id").asText()).isEqualTo("hq:a1");
        assertThat(call.path("pbx").asText()).isEqualTo("hq");
        assertThat(call.path("direction").asText()).isEqualTo("INBOUND");
        assertThat(call.path("state").asText()).isEqualTo("SETTLED");
        assertThat(call.path("customer").asText()).isEqualTo("+79161234567");
        assertThat(call.path("customerRaw").asText()).isEqualTo("89161234567");
        assertThat(call.path("end").asText()).isEqualTo("ABANDONED");
        assertThat(call.path("waitSeconds").isNumber()).isTrue();
        assertThat(call.path("talkSeconds").decimalValue().scale()).isLessThanOrEqualTo(1);
        assertThat(call.path("rang").isArray()).isTrue();
        assertThat(call.path("transfers").isArray()).isTrue();
        assertThat(call.path("recording").path("available").booleanValue()).isFalse();
        assertThat(call.path("matches").asInt(-1)).isZero();
        assertThat(call.path("crm").isObject()).isTrue();
        assertThat(call.has("contact")).isTrue();
        assertThat(call.has("responsible")).isTrue();
        JsonNode full = house.json("/api/calls/hq:a1");
        assertThat(full.path("why").isArray()).isTrue();
        assertThat(full.path("events").findValuesAsText("type")).contains("Arrived", "Ended");
    }

    @Test
    void callsAreFilteredByStateAndTime() throws Exception {
        arrive("a1", "89161234567");
        arrive("a2", "89161234568");
        house.hook("end a1");
        await().until(() -> house.json("/api/calls?state=settled").path("calls").size() == 1);

        assertThat(ids("/api/calls?state=live")).containsExactly("hq:a2");
        assertThat(ids("/api/calls")).containsExactlyInAnyOrder("hq:a1", "hq:a2");
        assertThat(ids("/api/calls?limit=1")).hasSize(1);
        assertThat(ids("/api/calls?since=2100-01-01T00:00:00Z")).isEmpty();
    }

    private List<String> ids(String path) throws Exception {
        return house.json(path).path("calls").findValuesAsText("id");
    }

    @Test
    void anIdWithASlashIsFound() throws Exception {
        arrive("a/1", "89161234567");

        assertThat(house.json("/api/calls/hq:a%2F1").path("id").asText()).isEqualTo("hq:a/1");
    }

    @Test
    void badParametersAreRefusedInOneSentence() throws Exception {
        assertError("/api/calls?state=dead", 400, "state must be one of live, ended, settled");
        assertError("/api/calls?since=yesterday", 400, "since must be a time such as 2026-11-22T10:00:00Z");
        assertError("/api/calls?limit=0", 400, "limit must be a whole number from 1 to 1000");
        assertError("/api/calls/nonsense", 400, "a call's id looks like hq:1795365484.94");
        assertThat(house.get("/api/calls/hq:nobody").body())
                .isEqualTo("{\"error\":\"there is no call hq:nobody\","
                        + "\"fix\":\"/api/calls lists the calls that are there\"}");
        assertError("/api/lookup", 400, "number is required");
        assertError("/api/deliveries?state=lost", 400, "state must be one of pending, parked, done");
        assertError("/api/nothing", 404, "there is nothing here");
    }

    private void assertError(String path, int status, String message) throws Exception {
        HttpResponse<String> answer = house.get(path);

        assertThat(answer.statusCode()).as(path).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"error\":\"" + message + "\"}");
    }

    @Test
    void anAddressThatTakesAnotherMethodSaysWhich() throws Exception {
        HttpResponse<String> answer = house.send("DELETE", "/api/calls");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET");
        assertThat(answer.body()).contains("\"this address takes another method\"");
        assertThat(house.send("DELETE", "/api/nowhere").statusCode()).isEqualTo(404);
    }

    @Test
    void requestsThatChangeSomethingSayWhatIsMissing() throws Exception {
        arrive("a1", "89161234567");

        assertThat(post("/api/dial", "{}")).isEqualTo("400 {\"error\":\"\\\"agent\\\" is required\"}");
        assertThat(post("/api/dial", "{\"agent\":\"Nobody\",\"number\":\"89161234567\"}"))
                .startsWith("404 ");
        assertThat(post("/api/dial", "no json")).startsWith("400 ");
        assertThat(post("/api/dial", "[]")).startsWith("400 ");
        assertThat(post("/api/calls/hq:a1/note", "{}")).startsWith("400 ");
        assertThat(post("/api/calls/hq:a1/ticket", "{\"title\":\"t\",\"priority\":\"huge\"}"))
                .startsWith("400 ");
        assertThat(post("/api/calls/hq:a1/ticket", "{\"title\":\"t\",\"due\":\"soon\"}"))
                .startsWith("400 ");
        assertThat(post("/api/calls/hq:zz/note", "{\"text\":\"t\"}")).startsWith("404 ");
        assertThat(post("/api/deliveries/77/retry", "{}")).startsWith("404 ");
        assertThat(post("/api/agents/Anna/pause", "{}")).startsWith("400 ");
        assertThat(post("/api/agents/Anna/state", "{\"state\":\"ON_CALL\"}")).startsWith("400 ");
        assertThat(post("/api/agents/Nobody/state", "{\"state\":\"PAUSED\"}")).startsWith("404 ");
        assertThat(house.get("/api/agents/Anna/day?date=soon").statusCode()).isEqualTo(400);
        assertThat(house.get("/api/agents/Nobody/day").statusCode()).isEqualTo(404);
    }

    private String post(String path, String body) throws Exception {
        HttpResponse<String> answer = house.post(path, "application/json", body);
        return answer.statusCode() + " " + answer.body();
    }

    @Test
    void aNumberIsReadAndLookedUp() throws Exception {
        JsonNode answer = house.json("/api/lookup?number=8%20(916)%20123-45-67");

        assertThat(answer.path("number").asText()).isEqualTo("+79161234567");
        assertThat(answer.path("matches").isEmpty()).isTrue();
        assertThat(answer.path("source").asText()).isEqualTo("none");
        assertThat(answer.path("micros").isNumber()).isTrue();
        assertThat(house.get("/metrics").body()).contains("cordboard_lookup_seconds_count 1");
    }

    @Test
    void whileACallLivesItsLegsAndWhatCanBeDoneAreTold() throws Exception {
        arrive("a1", "89161234567");
        house.hook("ring a1 101");
        await().until(() -> live().path("rang").size() == 1);

        JsonNode leg = live().path("legs").get(0);
        assertThat(leg.path("party").path("kind").asText()).isEqualTo("AGENT");
        assertThat(leg.path("party").path("extension").asText()).isEqualTo("101");
        assertThat(leg.path("ringingAt").asText()).endsWith("Z");
        assertThat(live().path("can")).isEmpty();
        assertThat(live().path("can").isArray()).isTrue();
        house.hook("end a1");
        await().until(() -> !live().has("legs"));
        assertThat(live().has("can")).isFalse();
        assertThat(house.json("/api/calls/hq:a1").path("legs")).hasSize(1);
    }

    private JsonNode live() throws Exception {
        return house.json("/api/calls").path("calls").get(0);
    }

    @Test
    void agentsAndStatusAreTold() throws Exception {
        JsonNode agent = house.json("/api/agents").path("agents").get(0);
        JsonNode account = house.json("/api/status").path("accounts").get(0);

        assertThat(agent.path("name").asText()).isEqualTo("Anna");
        assertThat(agent.path("extensions").path("hq").asText()).isEqualTo("101");
        assertThat(account.path("id").asText()).isEqualTo("hq");
        assertThat(account.path("kind").asText()).isEqualTo("pbx");
        assertThat(agent.path("can").isArray()).isTrue();
        assertThat(house.json("/api/status").path("auth").isBoolean()).isTrue();
        assertThat(house.json("/api/status").path("auth").booleanValue()).isFalse();
        assertThat(house.json("/health")
                        .path("accounts")
                        .path("hq")
                        .path("status")
                        .asText())
                .isEqualTo("up");
    }

    @Test
    void whatAnAgentChoosesIsShownAndBecomesPartOfTheDay() throws Exception {
        assertThat(post("/api/agents/Anna/state", "{\"state\":\"PAUSED\",\"why\":\"lunch\"}"))
                .startsWith("202 ");

        JsonNode agent = house.json("/api/agents").path("agents").get(0);
        assertThat(agent.path("state").asText()).isEqualTo("PAUSED");
        assertThat(agent.path("detail").asText()).isEqualTo("lunch");
        await().untilAsserted(() -> {
            JsonNode day = house.json("/api/agents/Anna/day");
            JsonNode last = day.path("spans").get(day.path("spans").size() - 1);
            assertThat(last.path("state").asText()).isEqualTo("PAUSED");
            assertThat(last.path("detail").asText()).isEqualTo("lunch");
            assertThat(day.path("totalSeconds").path("PAUSED").isNumber()).isTrue();
        });
    }

    @Test
    void whoListensHearsLiveCallsFirstAndChangesThen() throws Exception {
        arrive("a1", "89161234567");
        try (Socket socket = RawHttp.open(house.url())) {
            RawHttp.write(socket, "GET /api/events HTTP/1.1\r\nHost: " + house.host() + "\r\n\r\n");
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

            assertThat(until(reader, "hq:a1")).anyMatch(line -> line.equals("event: call"));
            arrive("a2", "89161234568");
            assertThat(until(reader, "hq:a2")).anyMatch(line -> line.startsWith("id: "));
        }
    }

    private static List<String> until(BufferedReader reader, String text) throws Exception {
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.startsWith("data: ") && line.contains("\"" + text + "\"")) {
                return lines;
            }
        }
        return lines;
    }
}
