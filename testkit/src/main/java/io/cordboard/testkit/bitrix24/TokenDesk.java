// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import io.cordboard.testkit.Form;
import io.cordboard.testkit.SandboxReply;
import io.cordboard.testkit.SandboxRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The authorisation server: codes of 30 seconds, access tokens of an hour, refresh tokens of 180 days that work once.
 * Guarded by the sandbox's lock.
 */
final class TokenDesk {
    static final String CLIENT_ID = "local.5f0c1d2e3a4b55.00000001";
    private static final Duration CODE = Duration.ofSeconds(30);
    private static final Duration ACCESS = Duration.ofHours(1);
    private static final Duration REFRESH = Duration.ofDays(180);
    private static final String SCOPE = "crm,telephony,user,task,timeman,im,placement";

    private final Clock clock;
    private final Random random;
    private final String clientSecret;
    private final Map<String, Grant> codes = new HashMap<>();
    private final Map<String, Grant> access = new HashMap<>();
    private final Map<String, Grant> refresh = new HashMap<>();
    private final String firstRefreshToken;
    private URI url = URI.create("http://127.0.0.1");
    private @Nullable URI redirect;
    private int refreshes;
    private int refused;

    TokenDesk(Clock clock, long seed) {
        this.clock = clock;
        this.random = new Random(seed * 17 + 3);
        this.clientSecret = text(50);
        this.firstRefreshToken = text(70);
        refresh.put(firstRefreshToken, new Grant(1, clock.instant().plus(REFRESH)));
    }

    void url(URI here) {
        url = here;
    }

    void redirectTo(URI where) {
        redirect = where;
    }

    String clientSecret() {
        return clientSecret;
    }

    String firstRefreshToken() {
        return firstRefreshToken;
    }

    int refreshes() {
        return refreshes;
    }

    int refused() {
        return refused;
    }

    /** Makes every access token old. */
    void expire() {
        access.replaceAll((token, grant) -> new Grant(grant.user, Instant.EPOCH));
    }

    /** Makes every refresh token worthless, as when the administrator removed the application. */
    void revoke() {
        refresh.clear();
        access.clear();
    }

    Auth check(String token) {
        Grant grant = access.get(token);
        if (grant == null) {
            throw new RestError(401, "invalid_token", "Unable to get application by token");
        }
        if (!grant.until.isAfter(clock.instant())) {
            throw new RestError(401, "expired_token", "The access token provided has expired.");
        }
        return new Auth("application", grant.user, true);
    }

    SandboxReply authorize(SandboxRequest request) {
        Params p = new Params(request.params());
        if (!p.text("client_id").equals(CLIENT_ID)) {
            return SandboxReply.text(
                    400, "text/html; charset=utf-8", "<html><body>Application not found</body></html>");
        }
        String code = text(32);
        codes.put(code, new Grant(1, clock.instant().plus(CODE)));
        Map<String, String> back = new LinkedHashMap<>();
        back.put("code", code);
        back.put("state", p.text("state"));
        back.put("domain", url.getAuthority());
        back.put("member_id", "a223c6b3710f85df22e9377d6c4f7553");
        back.put("scope", SCOPE);
        back.put("server_domain", url.getAuthority());
        URI target = redirect == null ? url.resolve("/redirected") : redirect;
        return SandboxReply.text(302, "text/html; charset=utf-8", "")
                .withHeader("Location", target + "?" + Form.write(back));
    }

    SandboxReply token(SandboxRequest request) {
        Params p = new Params(request.params());
        if (!p.text("client_id").equals(CLIENT_ID) || !p.text("client_secret").equals(clientSecret)) {
            return refuse("invalid_client", "Client not found");
        }
        boolean byCode = p.text("grant_type").equals("authorization_code");
        if (!byCode && !p.text("grant_type").equals("refresh_token")) {
            return refuse("invalid_request", "Unsupported grant type");
        }
        String name = byCode ? "code" : "refresh_token";
        if (p.text(name).isEmpty()) {
            return refuse("invalid_request", "No \"" + name + "\" parameter found");
        }
        Grant grant = (byCode ? codes : refresh).remove(p.text(name));
        if (grant == null || !grant.until.isAfter(clock.instant())) {
            refused++;
            return refuse("invalid_grant", "Invalid grant");
        }
        refreshes++;
        return SandboxReply.json(200, answer(grant.user, !byCode));
    }

    /** A new pair of tokens, as the authorisation server writes it. */
    Map<String, Object> answer(int user, boolean whole) {
        Map<String, Object> answer = issue(user);
        String token = text(70);
        refresh.put(token, new Grant(user, clock.instant().plus(REFRESH)));
        answer.put("refresh_token", token);
        if (!whole) {
            answer.remove("expires");
            answer.remove("user_id");
        }
        return answer;
    }

    /** An access token alone, as events carry it. */
    Map<String, Object> issue(int user) {
        String token = text(70);
        Instant until = clock.instant().plus(ACCESS);
        access.put(token, new Grant(user, until));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", token);
        answer.put("client_endpoint", url + "/rest/");
        answer.put("domain", url.getAuthority());
        answer.put("expires", until.getEpochSecond());
        answer.put("expires_in", ACCESS.toSeconds());
        answer.put("member_id", "a223c6b3710f85df22e9377d6c4f7553");
        answer.put("scope", SCOPE);
        answer.put("server_endpoint", url + "/rest/");
        answer.put("status", "L");
        answer.put("user_id", user);
        return answer;
    }

    Optional<Auth> checkMaybe(String token) {
        return token.isEmpty() ? Optional.empty() : Optional.of(check(token));
    }

    private static SandboxReply refuse(String code, String description) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", code);
        body.put("error_description", description);
        return SandboxReply.json(400, body);
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append(Integer.toString(random.nextInt(36), 36));
        }
        return text.toString();
    }

    private record Grant(int user, Instant until) {}
}
