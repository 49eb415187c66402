// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cordboard.connector.Webhook;
import io.cordboard.testkit.Json;
import io.cordboard.testkit.ManualClock;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.Sandboxes;
import io.cordboard.testkit.WebhookPort;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MangoSandboxTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T08:00:00Z"));
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private @Nullable MangoSandbox sandbox;
    private @Nullable WebhookPort port;

    @AfterEach
    void close() {
        if (sandbox != null) {
            sandbox.close();
        }
        if (port != null) {
            port.close();
        }
    }

    @Test
    void itIsFoundByItsName() {
        assertThat(Sandboxes.vendors()).contains("mango");
    }

    @Test
    void eachMistakeHasItsCode() {
        MangoSandbox mango = start(SandboxOptions.DEFAULTS.withLimits(false));

        assertThat(code(post(mango, "account/balance", "vpbx_api_key=" + Seal.KEY)))
                .isEqualTo(3103);
        assertThat(code(post(mango, "account/balance", form("wrong", "{}", Seal.of("{}")))))
                .isEqualTo(3105);
        assertThat(code(post(mango, "account/balance", form(Seal.KEY, "{ }", Seal.of("{}")))))
                .isEqualTo(3102);
        assertThat(code(ask(mango, "account/balance", "{"))).isEqualTo(3400);
        assertThat(code(ask(mango, "no/such", "{}"))).isEqualTo(4001);
        assertThat(code(ask(mango, "commands/call/hangup", "{\"command_id\":\"1\"}")))
                .isEqualTo(3103);
        assertThat(code(ask(mango, "stats/calls/request/", "{\"start_date\":\"2026-01-01\"}")))
                .isEqualTo(3104);
        assertThat(code(ask(
                        mango,
                        "stats/calls/request/",
                        "{\"start_date\":\"01.01.2026 00:00:00\",\"end_date\":\"31.01.2026 00:00:00\"}")))
                .isEqualTo(3111);
        assertThat(code(ask(mango, "account/balance", "{}"))).isEqualTo(1000);
        mango.turn(Map.of("legacy", true));
        assertThat(ask(mango, "no/such", "{}").statusCode()).isEqualTo(420);
    }

    @Test
    void aSecondInvalidRequestLocksTheAccountForTwoMinutes() {
        MangoSandbox mango = start(SandboxOptions.DEFAULTS.withClock(clock));

        assertThat(ask(mango, "stats/request", "{}").statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(30));
        assertThat(ask(mango, "stats/request", "{}").statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(30));
        assertThat(ask(mango, "account/balance", "{}").statusCode()).isEqualTo(401);
        clock.advance(Duration.ofSeconds(61));
        assertThat(ask(mango, "account/balance", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void eachMethodHasItsRate() {
        MangoSandbox mango = start(SandboxOptions.DEFAULTS.withClock(clock));

        assertThat(ask(mango, "config/users/request", "{}").statusCode()).isEqualTo(200);
        assertThat(ask(mango, "config/users/request", "{}").statusCode()).isEqualTo(429);
        assertThat(ask(mango, "groups", "{}").statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(2));
        assertThat(ask(mango, "config/users/request", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void everyKindOfCallIsToldAndEndsWithItsRecord() {
        MangoSandbox mango = start(SandboxOptions.DEFAULTS.withLimits(false));
        mango.turn(Map.of("speed", 200.0));
        Set<String> kinds = Set.copyOf(
                Script.INCOMING.stream().filter(kind -> !kind.equals("talk")).collect(Collectors.toSet()));

        for (Set<String> group : List.of(kinds, Script.OUTGOING, Script.CALLBACKS)) {
            for (String kind : group) {
                heard.clear();
                Map<String, Object> call = mango.play(Map.of("kind", kind, "wait", true));
                assertThat(call.get("over")).as(kind).isEqualTo(true);
                assertThat(heard).as(kind).contains("events/call", "events/summary");
            }
        }
        assertThat(mango.deliveries())
                .allSatisfy(delivery -> assertThat(delivery).containsEntry("acknowledged", true));
    }

    @Test
    void aCommandIsReceivedFirstAndItsResultIsToldLater() {
        MangoSandbox mango = start(SandboxOptions.DEFAULTS.withLimits(false));
        mango.turn(Map.of("speed", 50.0));

        assertThat(code(ask(
                        mango,
                        "commands/callback",
                        "{\"command_id\":\"c1\",\"from\":{\"extension\":\"100\"},\"to_number\":\"74955404444\"}")))
                .isEqualTo(1000);

        await().until(() -> heard.contains("result/callback") && heard.contains("events/summary"));
        assertThat(code(ask(mango, "commands/call/hangup", "{\"command_id\":\"c2\",\"call_id\":\"none\"}")))
                .isEqualTo(1000);
        await().until(() -> mango.deliveries().stream()
                .anyMatch(delivery -> String.valueOf(delivery.get("json")).contains("4101")));
    }

    @Test
    void aLinkToARecordingWorksOnce() {
        MangoSandbox mango = start(SandboxOptions.DEFAULTS.withLimits(false));
        mango.turn(Map.of("speed", 200.0, "recordMillis", 1));
        Map<String, Object> call = mango.play(Map.of("kind", "answered", "wait", true));
        String name = String.valueOf(((List<?>) call.getOrDefault("recordings", List.of())).get(0));
        String question = "{\"recording_id\":\"" + name + "\",\"action\":\"download\"}";
        await().until(() -> ask(mango, "queries/recording/post", question).statusCode() == 302);

        String link = ask(mango, "queries/recording/post", question)
                .headers()
                .firstValue("Location")
                .orElseThrow();

        assertThat(get(link)).isEqualTo(200);
        assertThat(get(link)).isEqualTo(404);
    }

    @Test
    void anUnknownKindNamesWhatThereIs() {
        MangoSandbox mango = start(SandboxOptions.DEFAULTS);

        assertThatThrownBy(() -> mango.play(Map.of("kind", "x"))).hasMessageContaining("ringall");
        assertThatThrownBy(() -> mango.turn(Map.of("x", 1))).hasMessageContaining("ivrSeconds");
    }

    private MangoSandbox start(SandboxOptions options) {
        MangoSandbox mango = MangoSandbox.start(options);
        sandbox = mango;
        port = WebhookPort.open(request -> {
            heard.add(request.path());
            return Webhook.Response.text(200, "");
        });
        assertThat(mango.connect(port.url())).isEqualTo(200);
        return mango;
    }

    private HttpResponse<String> ask(MangoSandbox mango, String method, String json) {
        return post(mango, method, form(Seal.KEY, json, Seal.of(json)));
    }

    private HttpResponse<String> post(MangoSandbox mango, String method, String form) {
        return send(HttpRequest.newBuilder(URI.create(mango.url() + "/vpbx/" + method))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    private int get(String link) {
        return send(HttpRequest.newBuilder(URI.create(link)).build()).statusCode();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String form(String key, String json, String sign) {
        return "vpbx_api_key=" + key + "&sign=" + sign + "&json=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
    }

    private static int code(HttpResponse<String> response) {
        Map<String, Object> body = Json.read(response.body().getBytes(StandardCharsets.UTF_8));
        Object code = body.getOrDefault("result", body.getOrDefault("code", 0));
        return code instanceof Number number ? number.intValue() : 0;
    }
}
