// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.testkit.Faults.Kind;
import io.cordboard.testkit.ManualClock;
import io.cordboard.testkit.SandboxOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may ask, how often, and what the account says otherwise. */
class AmoCrmAccessTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T09:00:00Z"));
    private final AmoCrmSandbox account = AmoCrmSandbox.start(SandboxOptions.DEFAULTS.withClock(clock));
    private final Wire wire = new Wire(account.url(), account.token());

    @AfterEach
    void stop() {
        account.close();
    }

    private Wire.Reply token(String grant, String name, String value) {
        return token(account.url(), grant, name, value);
    }

    private Wire.Reply token(URI at, String grant, String name, String value) {
        Map<String, String> app = account.integration();
        Map<String, Object> ask = new LinkedHashMap<>();
        ask.put("client_id", app.get("clientId"));
        ask.put("client_secret", app.get("clientSecret"));
        ask.put("redirect_uri", app.get("redirectUri"));
        ask.put("grant_type", grant);
        ask.put(name, value);
        return new Wire(at, "").post("/oauth2/access_token", ask);
    }

    private Wire as(Wire.Reply pair) {
        return new Wire(
                account.url(),
                Objects.requireNonNull(pair.body().get("access_token")).toString());
    }

    @Test
    void longLivedTokenOpensAndAnyOtherIsAProblem() {
        assertThat(wire.get("/api/v4/account").type()).isEqualTo("application/hal+json");
        Wire.Reply refused = new Wire(account.url(), "wrong").get("/api/v4/account");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.type()).isEqualTo("application/problem+json");
        assertThat(refused.body()).containsKeys("title", "type", "status", "detail");
    }

    @Test
    void codeAndRefreshTokenWorkOnce() {
        String code = account.code();
        Wire.Reply first = token("authorization_code", "code", code);
        assertThat(first.body())
                .containsEntry("token_type", "Bearer")
                .containsEntry("expires_in", 86_400)
                .containsKeys("server_time", "access_token", "refresh_token");
        String refresh =
                Objects.requireNonNull(first.body().get("refresh_token")).toString();

        assertThat(as(first).get("/api/v4/account").status()).isEqualTo(200);
        assertThat(token("refresh_token", "refresh_token", refresh).status()).isEqualTo(200);
        Wire.Reply again = token("refresh_token", "refresh_token", refresh);
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.body()).containsEntry("hint", "Token has been revoked");
        assertThat(token("authorization_code", "code", code).status()).isEqualTo(401);
        assertThat(as(first).get("/api/v4/account").status())
                .as("the old access token lives on")
                .isEqualTo(200);
        assertThat(account.refreshes()).isEqualTo(1);
        assertThat(account.refusedTokens()).isEqualTo(2);
    }

    @Test
    void tokensAndCodesGrowOld() {
        String code = account.code();
        Wire.Reply pair = token("authorization_code", "code", account.code());
        clock.advance(Duration.ofMinutes(21));
        assertThat(token("authorization_code", "code", code).body())
                .containsEntry("hint", "Authorization code has expired");
        clock.advance(Duration.ofHours(24));
        assertThat(as(pair).get("/api/v4/account").status()).isEqualTo(401);
        clock.advance(Duration.ofDays(100));
        assertThat(token(
                                "refresh_token",
                                "refresh_token",
                                Objects.requireNonNull(pair.body().get("refresh_token"))
                                        .toString())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void wrongSecretAndWrongRedirectAreRefusedAsTheVendorDoes() {
        Map<String, String> app = account.integration();
        Wire.Reply secret = new Wire(account.url(), "")
                .post("/oauth2/access_token", Map.of("client_id", app.get("clientId"), "client_secret", "x"));

        assertThat(secret.body()).containsEntry("title", "Некорректный клиент").doesNotContainKey("hint");
        account.redirectTo(URI.create("https://elsewhere.example/x"));
        Map<String, Object> ask = new LinkedHashMap<>();
        ask.put("client_id", app.get("clientId"));
        ask.put("client_secret", app.get("clientSecret"));
        ask.put("grant_type", "refresh_token");
        ask.put("refresh_token", app.get("refreshToken"));
        ask.put("redirect_uri", app.get("redirectUri"));
        assertThat(new Wire(account.url(), "").post("/oauth2/access_token", ask).status())
                .isEqualTo(401);
    }

    @Test
    void whoLosesTheAnswerOfARefreshCanBeSeen() {
        account.faults().set(Kind.LOST_ANSWER, 1, "POST oauth2/access_token");
        String refresh = account.integration().getOrDefault("refreshToken", "");
        try {
            token("refresh_token", "refresh_token", refresh);
        } catch (java.io.UncheckedIOException e) {
            assertThat(e).hasRootCauseInstanceOf(java.io.IOException.class);
        }

        assertThat(token("refresh_token", "refresh_token", refresh).status()).isEqualTo(401);
        List<Map<String, Object>> pairs =
                Body.maps(Body.map(account.state().get("tokens")).get("pairs"));
        assertThat(pairs).hasSize(2);
        assertThat(pairs.get(0)).containsEntry("refreshable", false);
        assertThat(pairs.get(1)).containsEntry("refreshable", true).containsEntry("requests", 0);
    }

    @Test
    void accountThatMovedIsFoundByWhoeverHoldsItsToken() {
        String refresh = account.integration().getOrDefault("refreshToken", "");
        URI now = account.moveTo("localhost");

        assertThat(wire.get("/api/v4/account").status()).isEqualTo(404);
        assertThat(token("refresh_token", "refresh_token", refresh).status()).isEqualTo(404);
        assertThat(wire.get("/oauth2/account/current/subdomain").status()).isEqualTo(401);
        assertThat(account.refreshes()).isZero();
        assertThat(token(now, "refresh_token", "refresh_token", refresh).status())
                .isEqualTo(200);
        assertThat(new Wire(now, account.token()).get("/api/v4/account").status())
                .isEqualTo(200);
    }

    @Test
    void eighthRequestOfASecondIsTooManyAndItsBodyIsNoJson() {
        for (int i = 0; i < 7; i++) {
            assertThat(wire.get("/api/v4/account").status()).isEqualTo(200);
        }
        Wire.Reply refused = wire.get("/api/v4/account");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.type()).isEqualTo("text/html");
        assertThat(refused.text()).startsWith("<html>");
        clock.advance(Duration.ofMillis(1001));
        assertThat(wire.get("/api/v4/account").status()).isEqualTo(200);
    }

    @Test
    void whoDoesNotListenIsShutOutEverywhere() {
        account.limit(1, 50);
        account.blockAfter(3);
        for (int i = 0; i < 4; i++) {
            wire.get("/api/v4/account");
        }
        clock.advance(Duration.ofHours(1));

        assertThat(wire.get("/api/v4/account").status()).isEqualTo(403);
        assertThat(wire.get("/api/v4/account").text()).contains("403 Forbidden").contains("nginx");
        assertThat(token("authorization_code", "code", "x").status()).isEqualTo(403);
        account.block(false);
        assertThat(wire.get("/api/v4/account").status()).isEqualTo(200);
    }

    @Test
    void faultsHaveTheVendorsFaces() {
        account.faults().set(Map.of("unpaid", 1));
        assertThat(wire.get("/api/v4/account").body()).containsEntry("status", 402);
        account.faults().set(Map.of("noRights", 1, "only", "GET users"));
        assertThat(wire.get("/api/v4/account").status()).isEqualTo(200);
        Wire.Reply rights = wire.get("/api/v4/users");
        assertThat(rights.status()).isEqualTo(403);
        assertThat(rights.type()).isEqualTo("application/problem+json");
        account.faults().set(Map.of("rateLimit", 1, "retryAfter", 1));
        assertThat(wire.get("/api/v4/users").response().headers().firstValue("Retry-After"))
                .hasValue("2");
        account.revokeTokens();
        assertThat(wire.get("/api/v4/account").status()).isEqualTo(401);
    }
}
