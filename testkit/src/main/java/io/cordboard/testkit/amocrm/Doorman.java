// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.Form;
import io.cordboard.testkit.Json;
import io.cordboard.testkit.SandboxReply;
import io.cordboard.testkit.SandboxRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Who may ask: a long-lived token, and the tokens of an integration: codes of 20 minutes, access tokens of a day,
 * refresh tokens of three months that work once. Guarded by the sandbox's lock.
 */
final class Doorman {
    static final String CLIENT_ID = "0a5fd2c7-2f6b-4f4f-9a43-6cf5b9a1d0e4";
    static final String REDIRECT = "https://cc.example.com/hook/sales";
    private static final Duration CODE = Duration.ofMinutes(20);
    private static final Duration ACCESS = Duration.ofDays(1);
    private static final Duration REFRESH = Duration.ofDays(92);
    private static final Duration LONG = Duration.ofDays(5 * 365);

    private final Clock clock;
    private final Random random;
    private final String clientSecret;
    private final Map<String, Instant> codes = new HashMap<>();
    private final Map<String, Grant> access = new HashMap<>();
    private final Map<String, Pair> refresh = new HashMap<>();
    private final List<Pair> pairs = new ArrayList<>();
    private final Set<String> left = new HashSet<>();
    private String host = "127.0.0.1";
    private String redirect = REDIRECT;
    private boolean longLived = true;
    private final String longToken;
    private final String firstRefresh;
    private int refused;

    Doorman(Clock clock, long seed) {
        this.clock = clock;
        this.random = new Random(seed * 17 + 3);
        this.clientSecret = text(64);
        this.longToken = jwt(LONG, text(40));
        this.firstRefresh = issue("code").refreshToken;
    }

    void at(String where) {
        host = where;
        left.clear();
    }

    /** The account gets another name; by the old one nobody finds it. */
    void move(String where) {
        left.add(host);
        left.remove(where);
        host = where;
    }

    boolean left(String where) {
        return left.contains(where);
    }

    void redirectTo(URI where) {
        redirect = where.toString();
    }

    String redirect() {
        return redirect;
    }

    String clientSecret() {
        return clientSecret;
    }

    String longToken() {
        return longToken;
    }

    String firstRefresh() {
        return firstRefresh;
    }

    String code() {
        String code = "def502" + text(80);
        codes.put(code, clock.instant().plus(CODE));
        return code;
    }

    /** Makes every access token of the integration old. */
    void expire() {
        access.replaceAll((token, grant) -> new Grant(grant.pair, Instant.EPOCH));
    }

    /** Makes every token worthless, as when an administrator switched the integration off. */
    void revoke() {
        refresh.clear();
        access.clear();
        longLived = false;
    }

    /** {@return the client that a token belongs to} */
    String check(String authorization) {
        String token =
                authorization.startsWith("Bearer ") ? authorization.substring(7).strip() : "";
        if (longLived && token.equals(longToken)) {
            return "long-lived";
        }
        Grant grant = access.get(token);
        if (grant == null || !grant.until.isAfter(clock.instant())) {
            throw AmoError.of(401, "Token is invalid or has expired");
        }
        grant.pair.uses++;
        return CLIENT_ID;
    }

    SandboxReply authorize(SandboxRequest request) {
        Map<String, Object> p = request.queryParams();
        if (!CLIENT_ID.equals(p.get("client_id"))) {
            return SandboxReply.text(404, "text/html; charset=utf-8", "<html><body>Not found</body></html>");
        }
        Map<String, String> back = new LinkedHashMap<>();
        back.put("code", code());
        back.put("state", String.valueOf(p.getOrDefault("state", "")));
        back.put("referer", host);
        back.put("platform", "1");
        back.put("client_id", CLIENT_ID);
        String join = redirect.contains("?") ? "&" : "?";
        return SandboxReply.text(302, "text/html; charset=utf-8", "")
                .withHeader("Location", redirect + join + Form.write(back));
    }

    SandboxReply token(SandboxRequest request) {
        Map<String, Object> p;
        try {
            p = request.bodyParams();
        } catch (IllegalArgumentException e) {
            throw refuse("");
        }
        if (!CLIENT_ID.equals(p.get("client_id")) || !clientSecret.equals(p.get("client_secret"))) {
            throw AmoError.with(401, oauth("Некорректный клиент", "Авторизация клиента не прошла", ""));
        }
        String grant = String.valueOf(p.get("grant_type"));
        boolean byCode = grant.equals("authorization_code");
        if ((!byCode && !grant.equals("refresh_token")) || !redirect.equals(p.get("redirect_uri"))) {
            throw refuse("");
        }
        if (byCode) {
            Instant until = codes.remove(String.valueOf(p.get("code")));
            if (until == null || !until.isAfter(clock.instant())) {
                throw refuse(until == null ? "Authorization code has been revoked" : "Authorization code has expired");
            }
        } else {
            Pair old = refresh.remove(String.valueOf(p.get("refresh_token")));
            if (old == null || !old.until.isAfter(clock.instant())) {
                throw refuse("Token has been revoked");
            }
            old.refreshed = clock.instant().toString();
        }
        Pair pair = issue(byCode ? "code" : "refresh");
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("token_type", "Bearer");
        answer.put("expires_in", ACCESS.toSeconds());
        answer.put("server_time", clock.instant().getEpochSecond());
        answer.put("access_token", pair.accessToken);
        answer.put("refresh_token", pair.refreshToken);
        return SandboxReply.json(200, answer);
    }

    private AmoError refuse(String hint) {
        refused++;
        return AmoError.with(
                401,
                oauth("Некорректный запрос", "В запросе отсутствует ряд параметров или параметры невалидны", hint));
    }

    private static Map<String, Object> oauth(String title, String detail, String hint) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (!hint.isEmpty()) {
            body.put("hint", hint);
        }
        body.put("title", title);
        body.put("type", "https://developers.amocrm.ru/v3/errors/OAuthProblemJson");
        body.put("status", 401);
        body.put("detail", detail);
        return body;
    }

    /** Where the account lives now, for whoever holds a refresh token or an access token. */
    SandboxReply whereabouts(SandboxRequest request) {
        boolean known =
                request.header("x-refresh-token").map(refresh::containsKey).orElse(false)
                        || request.header("authorization")
                                .map(bearer -> access.containsKey(bearer.replace("Bearer ", "")))
                                .orElse(false);
        if (!known) {
            throw AmoError.of(401, "Token is invalid or has expired");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", Account.ID);
        body.put("subdomain", Account.SUBDOMAIN);
        body.put("domain", host);
        body.put("top_level_domain", "ru");
        return SandboxReply.json(200, body);
    }

    private Pair issue(String by) {
        Instant now = clock.instant();
        Pair pair = new Pair(by, jwt(ACCESS, text(40)), "def502" + text(900), now, now.plus(REFRESH));
        access.put(pair.accessToken, new Grant(pair, now.plus(ACCESS)));
        refresh.put(pair.refreshToken, pair);
        pairs.add(pair);
        return pair;
    }

    private String jwt(Duration life, String id) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", CLIENT_ID);
        claims.put("jti", id);
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.plus(life).getEpochSecond());
        claims.put("sub", Integer.toString(Residents.ADMIN));
        claims.put("account_id", Account.ID);
        claims.put("base_domain", "amocrm.ru");
        claims.put("api_domain", host);
        claims.put("scopes", List.of("crm", "files", "notifications"));
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "JWT");
        header.put("alg", "RS256");
        return encoder.encodeToString(Json.write(header)) + "." + encoder.encodeToString(Json.write(claims)) + "."
                + encoder.encodeToString(text(256).getBytes(StandardCharsets.UTF_8));
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append(Integer.toHexString(random.nextInt(16)));
        }
        return text.toString();
    }

    /** Every pair that was given out, without the tokens themselves, and what became of it. */
    Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("host", host);
        state.put(
                "refreshes",
                pairs.stream().filter(pair -> pair.by.equals("refresh")).count());
        state.put("refused", refused);
        state.put(
                "pairs",
                pairs.stream()
                        .map(pair -> pair.state(refresh.containsKey(pair.refreshToken)))
                        .toList());
        return state;
    }

    int refreshes() {
        return (int) pairs.stream().filter(pair -> pair.by.equals("refresh")).count();
    }

    int refused() {
        return refused;
    }

    private record Grant(Pair pair, Instant until) {}

    private static final class Pair {
        private final String by;
        private final String accessToken;
        private final String refreshToken;
        private final Instant issued;
        private final Instant until;
        private int uses;
        private String refreshed = "";

        Pair(String by, String accessToken, String refreshToken, Instant issued, Instant until) {
            this.by = by;
            this.accessToken = accessToken;
            this.refreshToken = refreshToken;
            this.issued = issued;
            this.until = until;
        }

        Map<String, Object> state(boolean refreshable) {
            Map<String, Object> state = new LinkedHashMap<>();
            state.put("by", by);
            state.put("issued", issued.toString());
            state.put("requests", uses);
            state.put("refreshed", refreshed);
            state.put("refreshable", refreshable);
            return state;
        }
    }
}
