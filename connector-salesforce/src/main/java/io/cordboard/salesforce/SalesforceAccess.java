// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Memory;
import io.cordboard.connector.Reason;
import io.cordboard.http.Answer;
import io.cordboard.http.Json;
import io.cordboard.http.TokenKeeper;
import io.cordboard.http.Tokens;
import io.cordboard.http.VendorHttp;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The right to ask: an access token and where the organisation wants requests. A token says nothing of its end, so it
 * is renewed when the organisation no longer takes it, by one thread for all. Safe for use by many threads.
 */
final class SalesforceAccess {
    private static final Duration LIFE = Duration.ofDays(365);
    private static final Duration ASSERTION = Duration.ofMinutes(3);
    private static final Duration REFUSED = Duration.ofSeconds(10);
    private static final Duration HELD = Duration.ofMinutes(5);
    /** Many threads may have bad luck in the same moment. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private static final int MOST_REFUSED = 3;
    private static final Duration SETTLED = Duration.ofMinutes(5);

    private final OauthSettings oauth;
    private final URI baseUrl;
    private final VendorHttp http;
    private final SalesforceWire wire;
    private final Clock clock;
    private final TokenKeeper keeper;
    private final AtomicLong renewals = new AtomicLong();
    private final AtomicReference<@Nullable Refusal> refusal = new AtomicReference<>();
    private final AtomicReference<Streak> streak = new AtomicReference<>(Streak.NONE);
    private final AtomicReference<@Nullable Refusal> held = new AtomicReference<>();
    private final AtomicLong sought = new AtomicLong();

    SalesforceAccess(SalesforceSettings settings, ConnectorContext context, VendorHttp http) {
        this.oauth = settings.oauth();
        this.baseUrl = settings.baseUrl();
        this.http = http;
        this.wire = http.service(SalesforceWire.class);
        this.clock = context.clock();
        this.keeper = new TokenKeeper(context.memory(), "oauth." + kind(oauth), clock, Duration.ZERO, this::ask);
        begin(context.memory(), "oauth.at." + kind(oauth));
    }

    /** A session is for the address that it was asked for; what renews it may have been replaced since and is kept. */
    private void begin(Memory memory, String key) {
        String address = baseUrl + " " + oauth.server();
        Optional<Tokens> known = keeper.tokens();
        if (known.isPresent() && memory.get(key).filter(address::equals).isPresent()) {
            return;
        }
        // Ended already, so that the first request renews it; a grant without a refresh token has its own name.
        String first = oauth.refreshToken().isEmpty() ? oauth.grant().name() : oauth.refreshToken();
        keeper.store(new Tokens("", known.map(Tokens::refresh).orElse(first), Instant.EPOCH, ""));
        memory.put(key, address);
    }

    /** Another permission in the settings is another permission in memory. */
    private static String kind(OauthSettings oauth) {
        String all = oauth.clientId() + '\n' + oauth.username() + '\n' + oauth.refreshToken();
        return UUID.nameUUIDFromBytes(all.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
    }

    /**
     * {@return a token and the address it is for}
     *
     * @throws ConnectorException when there is none
     */
    Session session() {
        Refusal waiting = held.get();
        if (waiting != null && clock.instant().isBefore(waiting.until())) {
            throw waiting.why();
        }
        return session(keeper.usable());
    }

    /** The organisation took a session. */
    void taken() {
        streak.set(Streak.NONE);
        held.set(null);
    }

    /**
     * {@return what it means that a session was refused that was just given} Another one may be better; when they never
     * are, asking for more only uses up the sign-ins of the day.
     */
    ConnectorException neverTaken(ConnectorException said) {
        Instant now = clock.instant();
        Streak refused = streak.updateAndGet(old -> old.longer(now));
        if (refused.count() < MOST_REFUSED || now.isBefore(refused.since().plus(MOMENT))) {
            return new ConnectorException(
                    Reason.UNAVAILABLE, String.valueOf(said.getMessage()), Duration.ofSeconds(1), said.getCause());
        }
        ConnectorException why = new ConnectorException(
                Reason.REAUTHORISE,
                said.getMessage() + "; it gives sessions and takes none of them: look at the app's scope (api), leave"
                        + " JWT-based access tokens off, and give its user API Enabled");
        held.set(new Refusal(why, now.plus(HELD)));
        return why;
    }

    /** {@return another session than the one that was refused} */
    Session renewed(Session refused) {
        return session(keeper.renewed(refused.token()));
    }

    /** {@return a session elsewhere, when the organisation has left the address of this one} */
    Optional<Session> moved(Session gone) {
        if (gone.instance().getRawAuthority().equals(oauth.server().getRawAuthority())) {
            // Who gives sessions lives at the same address: there is nobody to ask.
            return Optional.empty();
        }
        long now = clock.millis();
        long last = sought.get();
        // An organisation that is merely down must not cost a sign-in for each request.
        boolean seek = now - last > SETTLED.toMillis() && sought.compareAndSet(last, now);
        Session other = seek ? renewed(gone) : session();
        return Optional.of(other).filter(found -> !found.instance().equals(gone.instance()));
    }

    boolean needsPerson() {
        return keeper.needsPerson() || held.get() != null;
    }

    long renewals() {
        return renewals.get();
    }

    private Session session(Tokens tokens) {
        return new Session(tokens.access(), tokens.endpoint().isEmpty() ? baseUrl : URI.create(tokens.endpoint()));
    }

    private Tokens ask(Tokens old) {
        Refusal last = refusal.get();
        if (last != null && clock.instant().isBefore(last.until())) {
            // Sign-ins are limited too: a refusal is believed for a while.
            throw last.why();
        }
        try {
            Tokens fresh = granted(old);
            renewals.incrementAndGet();
            refusal.set(null);
            return fresh;
        } catch (ConnectorException e) {
            if (e.reason() == Reason.REAUTHORISE) {
                refusal.set(new Refusal(e, clock.instant().plus(REFUSED)));
            }
            throw e;
        }
    }

    private Tokens granted(Tokens old) {
        String address = oauth.server().resolve("/services/oauth2/token").toString();
        Answer answer = http.exchange(wire.token(address, question(old)));
        JsonNode body = Json.parse(answer.body())
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new ConnectorException(
                        Reason.UNAVAILABLE,
                        "salesforce: " + oauth.server().getHost() + " answered " + answer.status() + " without a token"
                                + (isGone(answer) ? "; set baseUrl to where it is now" : "")));
        String access = Json.text(body, "access_token");
        if (!answer.isSuccess() || access.isEmpty()) {
            throw refused(Json.text(body, "error"), Json.text(body, "error_description"), answer.status());
        }
        String refresh = Json.text(body, "refresh_token");
        return new Tokens(
                access,
                refresh.isEmpty() ? old.refresh() : refresh,
                clock.instant().plus(LIFE),
                trusted(Json.text(body, "instance_url")));
    }

    private static boolean isGone(Answer answer) {
        return answer.status() == 404 || answer.status() / 100 == 3;
    }

    private Map<String, String> question(Tokens old) {
        Map<String, String> form = new LinkedHashMap<>();
        SigningKey key = oauth.key();
        switch (oauth.grant()) {
            case CLIENT_CREDENTIALS -> form.put("grant_type", "client_credentials");
            case REFRESH_TOKEN -> {
                form.put("grant_type", "refresh_token");
                form.put("refresh_token", old.refresh());
            }
            case JWT_BEARER -> {
                form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
                form.put("assertion", key == null ? "" : key.sign(claims()));
                return form;
            }
        }
        form.put("client_id", oauth.clientId());
        if (!oauth.clientSecret().isEmpty()) {
            form.put("client_secret", oauth.clientSecret());
        }
        return form;
    }

    private String claims() {
        return Json.write(Map.of(
                "iss", oauth.clientId(),
                "sub", oauth.username(),
                "aud", oauth.audience(),
                "exp", clock.instant().plus(ASSERTION).getEpochSecond()));
    }

    private ConnectorException refused(String error, String description, int status) {
        String said = "salesforce refused to sign in: " + (error.isEmpty() ? "status " + status : error)
                + (description.isEmpty() ? "" : ", " + description);
        String text = description.toLowerCase(Locale.ROOT);
        if (text.contains("rate exceeded") || text.contains("rate limit") || status == 429) {
            return new ConnectorException(Reason.RATE_LIMITED, said, Duration.ofMinutes(1), null);
        }
        if (status >= 500 || error.equals("server_error") || error.equals("temporarily_unavailable")) {
            return new ConnectorException(Reason.UNAVAILABLE, said);
        }
        return new ConnectorException(Reason.REAUTHORISE, said + advice(text));
    }

    private String advice(String description) {
        if (description.contains("not supported on this domain")) {
            return "; set baseUrl to the organisation's own address, such as https://example.my.salesforce.com";
        }
        if (description.contains("hasn't approved")) {
            return "; let the user, or a permission set of the user, use the app";
        }
        if (description.contains("audience")) {
            return "; set oauth.audience to https://login.salesforce.com or https://test.salesforce.com";
        }
        return oauth.grant() == OauthSettings.Grant.REFRESH_TOKEN
                ? "; allow the app again and put the new refresh token into oauth.refreshToken"
                : "";
    }

    /** The token goes to this address, so it is taken only when nobody else can read what goes there. */
    private String trusted(String instance) {
        try {
            URI uri = URI.create(instance);
            String host = uri.getHost();
            boolean same = host != null
                    && host.equals(baseUrl.getHost())
                    && baseUrl.getScheme().equals(uri.getScheme());
            boolean safe = "https".equals(uri.getScheme()) && host != null;
            return same || safe ? uri.getScheme() + "://" + uri.getRawAuthority() + "/" : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /**
     * A token and where it may be used. {@link #toString()} hides it. Immutable.
     *
     * @param token what requests carry
     * @param instance the address of the organisation
     */
    record Session(String token, URI instance) {
        @Override
        public String toString() {
            return "Session[" + instance.getHost() + "]";
        }
    }

    private record Refusal(ConnectorException why, Instant until) {}

    /** Sessions that were refused one after the other. Immutable. */
    private record Streak(int count, Instant since) {
        static final Streak NONE = new Streak(0, Instant.EPOCH);

        Streak longer(Instant now) {
            return new Streak(count + 1, count == 0 ? now : since);
        }
    }
}
