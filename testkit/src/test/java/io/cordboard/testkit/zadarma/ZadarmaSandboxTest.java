// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.zadarma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cordboard.testkit.Form;
import io.cordboard.testkit.Json;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.Sandboxes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ZadarmaSandboxTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    // Computed with the vendor's own SDK for this key and secret.
    private static final String BALANCE =
            "0123456789abcdef0123:ZWY2ZDhjMDU1OGY4ZmZiZTg2MzQ1MDZjNGRmNTQwMWZmMjJmY2U0OQ==";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Seal seal = new Seal(Rest.SECRET);
    private final SettableClock clock = new SettableClock();
    private final List<Map<String, Object>> heard = Collections.synchronizedList(new ArrayList<>());
    private ZadarmaSandbox sandbox;
    private HttpServer hook;
    private volatile int status = 200;
    private volatile String answer = "{}";
    private volatile String echo = "";

    @BeforeEach
    void open() throws IOException {
        sandbox = ZadarmaSandbox.start(SandboxOptions.DEFAULTS.withClock(clock));
        sandbox.turn(Map.of("speed", 50.0));
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 20);
        hook.createContext("/", this::hear);
        hook.start();
    }

    @AfterEach
    void close() {
        hook.stop(0);
        sandbox.close();
    }

    @Test
    void theVendorsOwnSignatureIsTaken() throws Exception {
        assertThat(get("/v1/info/balance/?format=json", BALANCE).statusCode()).isEqualTo(200);
        assertThat(get("/v1/info/balance/?format=xml", BALANCE).statusCode()).isEqualTo(401);
        assertThat(get("/v1/info/balance?format=json", BALANCE).statusCode()).isEqualTo(401);
        assertThat(get("/v1/info/balance/?format=json", "").statusCode()).isEqualTo(401);
    }

    @Test
    void aPathWithoutItsLastSlashIsNotAuthorised() throws Exception {
        assertThat(signed("/v1/pbx/internal", Map.of("format", "json")).statusCode())
                .isEqualTo(401);
        assertThat(signed("/v1/pbx/internal/", Map.of("format", "json")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void statisticsHaveThreeRequestsAMinute() throws Exception {
        Map<String, String> span =
                Map.of("start", "2026-03-05 00:00:00", "end", "2026-03-06 00:00:00", "format", "json");
        for (int left = 2; left >= 0; left--) {
            HttpResponse<String> response = signed("/v1/statistics/pbx/", span);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("X-RateLimit-Remaining")).contains(Integer.toString(left));
        }

        assertThat(signed("/v1/statistics/pbx/", span).statusCode()).isEqualTo(429);
        assertThat(signed("/v1/info/balance/", Map.of("format", "json")).statusCode())
                .isEqualTo(200);
        clock.pass(Duration.ofSeconds(61));
        assertThat(signed("/v1/statistics/pbx/", span).statusCode()).isEqualTo(200);
    }

    @Test
    void anAddressThatDoesNotRepeatTheTokenIsNotTaken() {
        echo = "something else";
        assertThatThrownBy(() -> sandbox.publish(url())).hasMessageContaining("zd_echo");

        echo = "";
        sandbox.publish(url());
        assertThat(String.valueOf(sandbox.state().get("webhook"))).contains(url().toString());
    }

    @Test
    void theAnswerToTheArrivalDecidesWhoRings() {
        sandbox.publish(url());
        answer = "{\"redirect\":\"102\",\"return_timeout\":15,\"caller_name\":\"ACME\"}";

        Map<String, Object> call = sandbox.play(Map.of("kind", "answered", "from", "+442037691880", "wait", true));

        assertThat(call)
                .containsEntry("rang", List.of("102"))
                .containsEntry("answeredBy", List.of("102"))
                .containsEntry("caller_name", "ACME")
                .containsEntry("disposition", "answered");
        assertThat(heard)
                .extracting(fields -> fields.get("event"))
                .containsExactly("NOTIFY_START", "NOTIFY_INTERNAL", "NOTIFY_ANSWER", "NOTIFY_END", "NOTIFY_RECORD");
    }

    @Test
    void anAgentWhoIsAwayGivesTheCallBackAfterTheReturnTimeout() {
        sandbox.publish(url());
        answer = "{\"redirect\":\"102\",\"return_timeout\":3}";

        Map<String, Object> call =
                sandbox.play(Map.of("kind", "answered", "unavailable", List.of("102"), "wait", true));

        assertThat(call).containsEntry("rang", List.of("102", "100")).containsEntry("answeredBy", List.of("100"));
    }

    @Test
    void aWebhookThatFailedIsSentAgainOnlyWhenThatIsSwitchedOn() {
        sandbox.publish(url());
        status = 503;
        sandbox.play(Map.of("kind", "missed", "wait", true));
        assertThat(sandbox.deliveries())
                .hasSize(3)
                .allMatch(sent -> Boolean.FALSE.equals(sent.get("acknowledged"))
                        && Integer.valueOf(503).equals(sent.get("status")));

        sandbox.reset();
        sandbox.turn(Map.of("retries", 20, "retryMillis", 50, "speed", 50.0));
        sandbox.play(Map.of("kind", "missed", "wait", true));
        status = 200;
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sandbox.deliveries().stream()
                                .filter(sent -> Boolean.TRUE.equals(sent.get("acknowledged")))
                                .map(sent -> sent.get("event")))
                        .contains("NOTIFY_START", "NOTIFY_INTERNAL", "NOTIFY_END"));
    }

    @Test
    void aRecordingIsThereAfterAWhileAndItsLinkDies() throws Exception {
        sandbox.publish(url());
        Map<String, Object> call = sandbox.play(Map.of("kind", "answered", "wait", true));
        Map<String, String> asked =
                Map.of("call_id", String.valueOf(call.get("recording")), "lifetime", "180", "format", "json");
        assertThat(signed("/v1/pbx/record/request/", asked).statusCode()).isEqualTo(404);

        clock.pass(Duration.ofSeconds(2));
        HttpResponse<String> response = signed("/v1/pbx/record/request/", asked);
        URI link = URI.create(String.valueOf(
                Json.read(response.body().getBytes(StandardCharsets.UTF_8)).get("link")));
        assertThat(fetch(link).body()).isEqualTo(sandbox.sound(String.valueOf(asked.get("call_id"))));

        clock.pass(Duration.ofSeconds(181));
        assertThat(fetch(link).statusCode()).isEqualTo(404);
    }

    @Test
    void whatWasSwitchedOffIsNotSent() throws Exception {
        sandbox.publish(url());
        Map<String, String> off = Map.of("notify_internal", "false", "format", "json");
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.url() + "/v1/pbx/callinfo/notifications/"))
                .header("Authorization", Rest.KEY + ":" + seal.ofRequest("/v1/pbx/callinfo/notifications/", off))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(Form.write(off)))
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);

        sandbox.play(Map.of("kind", "missed", "wait", true));

        assertThat(heard).extracting(fields -> fields.get("event")).containsExactly("NOTIFY_START", "NOTIFY_END");
    }

    @Test
    void theSameSeedGivesTheSameCalls() {
        Map<String, Object> once = sandbox.play(Map.of("kind", "missed", "wait", true));
        sandbox.reset();
        Map<String, Object> again = sandbox.play(Map.of("kind", "missed", "speed", 50, "wait", true));

        assertThat(again.get("pbx_call_id")).isEqualTo(once.get("pbx_call_id"));
        assertThat(again.get("from")).isEqualTo(once.get("from"));
    }

    @Test
    void whatCannotBePlayedNamesWhatCan() {
        assertThatThrownBy(() -> sandbox.play(Map.of("kind", "dance")))
                .hasMessageStartingWith("there is no kind \"dance\"; there are [anonymous, answered, ");
    }

    @Test
    void itIsFoundByItsName() {
        assertThat(Sandboxes.vendors()).contains("zadarma");
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + hook.getAddress().getPort() + "/hook");
    }

    private void hear(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            boolean tried = query.startsWith("zd_echo=");
            String body = tried ? (echo.isEmpty() ? query.substring("zd_echo=".length()) : echo) : answer;
            if (!tried) {
                byte[] form = exchange.getRequestBody().readAllBytes();
                heard.add(Form.parse(new String(form, StandardCharsets.UTF_8)));
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(tried ? 200 : status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private HttpResponse<String> signed(String path, Map<String, String> params) throws Exception {
        return get(path + "?" + Seal.build(params), Rest.KEY + ":" + seal.ofRequest(path, params));
    }

    private HttpResponse<String> get(String path, String authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.url() + path))
                .header("Authorization", authorization)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> fetch(URI link) throws Exception {
        return http.send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** A clock that is set by hand. */
    private static final class SettableClock extends Clock {
        private volatile Instant now = Instant.parse("2026-03-05T14:07:26Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
