// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import io.cordboard.testkit.SandboxReply;
import io.cordboard.testkit.SandboxRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The authorisation server: client credentials, JWT bearer, refresh tokens, and sessions that end when nobody uses
 * them. Guarded by the sandbox's lock.
 */
final class Sessions {
    private static final String JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";

    private final Org org;
    private final Assertions assertions;
    private final Random random;
    private final String clientId;
    private final String clientSecret;
    private final Map<String, Session> sessions = new HashMap<>();
    private final Map<String, String> refresh = new HashMap<>();
    private final Map<String, String> spent = new HashMap<>();
    private final String firstRefreshToken;
    private URI url = URI.create("http://127.0.0.1");
    private int issued;
    private int refused;

    Sessions(Org org, Assertions assertions) {
        this.org = org;
        this.assertions = assertions;
        this.random = new Random(org.switches().options().seed() * 29 + 5);
        this.clientId = "3MVG9" + text(80);
        this.clientSecret = text(64).toUpperCase(java.util.Locale.ROOT);
        this.firstRefreshToken = "5Aep861" + text(60);
        refresh.put(firstRefreshToken, Org.INTEGRATION_USER);
    }

    void url(URI here) {
        url = here;
    }

    URI url() {
        return url;
    }

    String clientId() {
        return clientId;
    }

    String clientSecret() {
        return clientSecret;
    }

    String firstRefreshToken() {
        return firstRefreshToken;
    }

    int issued() {
        return issued;
    }

    int refused() {
        return refused;
    }

    /** Ends every session, as an administrator or the clock does. */
    void expire() {
        sessions.clear();
    }

    /** Makes refresh tokens worthless too. */
    void revoke() {
        sessions.clear();
        refresh.clear();
    }

    void end(String token) {
        sessions.remove(token);
    }

    /** The user of a session, which lives longer because it was used. */
    Optional<String> user(String token) {
        Session session = sessions.get(token);
        Instant now = org.switches().clock().instant();
        if (session == null || !session.until.isAfter(now)) {
            return Optional.empty();
        }
        sessions.put(token, new Session(session.user, now.plus(org.switches().seconds("sessionSeconds"))));
        return Optional.of(session.user);
    }

    /** A new session of a user. */
    String open(String user) {
        String token = Org.ID + "!AQ" + text(94);
        Instant now = org.switches().clock().instant();
        sessions.put(token, new Session(user, now.plus(org.switches().seconds("sessionSeconds"))));
        issued++;
        return token;
    }

    SandboxReply token(SandboxRequest request) {
        Map<String, Object> form = request.params();
        try {
            return SandboxReply.json(200, grant(request, form));
        } catch (Refusal e) {
            refused++;
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("error", e.error);
            body.put("error_description", e.description);
            return SandboxReply.json(400, body);
        }
    }

    private Map<String, Object> grant(SandboxRequest request, Map<String, Object> form) {
        String type = String.valueOf(form.get("grant_type"));
        switch (type) {
            case "client_credentials" -> {
                if (request.header("host").orElse("").matches("(login|test)\\..*")) {
                    throw new Refusal("invalid_grant", "request not supported on this domain");
                }
                client(request, form);
                return answer(Org.INTEGRATION_USER, "api", true);
            }
            case "refresh_token" -> {
                client(request, form);
                return refreshed(String.valueOf(form.get("refresh_token")));
            }
            case JWT -> {
                String user = assertions.user(String.valueOf(form.get("assertion")), clientId, org);
                return answer(user, "id api", false);
            }
            default -> throw new Refusal("unsupported_grant_type", "grant type not supported");
        }
    }

    private void client(SandboxRequest request, Map<String, Object> form) {
        String id = String.valueOf(form.get("client_id"));
        String secret = String.valueOf(form.get("client_secret"));
        String basic = request.header("authorization").orElse("");
        if (basic.startsWith("Basic ")) {
            String pair = new String(
                    Base64.getMimeDecoder().decode(basic.substring("Basic ".length())), StandardCharsets.UTF_8);
            id = pair.substring(0, Math.max(0, pair.indexOf(':')));
            secret = pair.substring(pair.indexOf(':') + 1);
        }
        if (!id.equals(clientId)) {
            throw new Refusal("invalid_client_id", "client identifier invalid");
        }
        if (!secret.equals(clientSecret)) {
            throw new Refusal("invalid_client", "invalid client credentials");
        }
    }

    private Map<String, Object> refreshed(String token) {
        String user = refresh.get(token);
        if (user == null) {
            String successor = spent.get(token);
            if (successor != null) {
                // Somebody uses a token a second time: the server takes it for stolen and ends all that came of it.
                revoke();
            }
            throw new Refusal("invalid_grant", "expired access/refresh token");
        }
        Map<String, Object> answer = answer(user, "refresh_token api id", true);
        if (org.switches().on("rotation")) {
            String next = "5Aep861" + text(60);
            refresh.remove(token);
            spent.put(token, next);
            refresh.put(next, user);
            answer.put("refresh_token", next);
        }
        return answer;
    }

    private Map<String, Object> answer(String user, String scope, boolean whole) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", open(user));
        if (whole) {
            answer.put("signature", text(43) + "=");
        }
        answer.put("scope", scope);
        if (scope.equals("api")) {
            answer.put("token_format", "opaque");
        }
        String elsewhere = org.switches().text("instanceUrl");
        answer.put("instance_url", elsewhere.isEmpty() ? url.toString() : elsewhere);
        answer.put("id", "https://login.salesforce.com/id/" + Ids.full(Org.ID) + "/" + Ids.full(user));
        answer.put("token_type", "Bearer");
        if (whole) {
            answer.put("issued_at", Long.toString(org.switches().clock().millis()));
        }
        if (scope.equals("api")) {
            answer.put("api_instance_url", "https://api.salesforce.com");
        }
        return answer;
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** Why there is no token. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String error;
        private final String description;

        Refusal(String error, String description) {
            super(description, null, false, false);
            this.error = error;
            this.description = description;
        }
    }

    private record Session(String user, Instant until) {}
}
