// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An integration with OAuth. A refresh token works once, so there is one renewal at a time, and the new pair is on disk
 * before anybody uses it. Renewals are early: an access token goes on to work for hours when a renewal's answer is
 * lost. Safe for use by many threads.
 */
final class OauthAccess implements Access {
    private static final Logger log = LoggerFactory.getLogger(OauthAccess.class);
    private static final String CODE = "oauth.code";
    private static final String GIVEN = "oauth.given";
    private static final String CODE_USED = "oauth.code.used";
    private static final Duration LIFE = Duration.ofHours(24);
    private static final Duration EARLY = Duration.ofHours(6);
    private static final Duration REFUSED_FOR = Duration.ofMinutes(10);
    private static final Duration MOVED_FOR = Duration.ofMinutes(1);
    private static final Duration BLOCKED_FOR = Duration.ofMinutes(10);
    private static final Duration BUSY_FOR = Duration.ofSeconds(10);

    private final AmoCrmSettings.Oauth app;
    private final URI configured;
    private final Hosts hosts;
    private final String redirectUri;
    private final VendorHttp http;
    private final AmoWire wire;
    private final Clock clock;
    private final Memory memory;
    private final TokenKeeper keeper;
    private final LongAdder renewals = new LongAdder();
    private final LongAdder moves = new LongAdder();

    private final Object lock = new Object();
    private String refusedRefresh = "";
    private Instant refusedAt = Instant.EPOCH;
    private Instant movedAsked = Instant.EPOCH;
    private @Nullable URI movedFrom;
    private volatile Instant restUntil = Instant.EPOCH;
    private final Object asking = new Object();

    OauthAccess(AmoCrmSettings.Oauth app, URI configured, ConnectorContext context, VendorHttp http) {
        this.app = app;
        this.configured = configured;
        this.hosts = new Hosts(configured, app.domains());
        this.redirectUri = app.redirectUri()
                .or(() -> context.webhookUrl().map(URI::toString))
                .orElse("");
        this.http = http;
        this.wire = http.service(AmoWire.class);
        this.clock = context.clock();
        this.memory = context.memory();
        this.keeper = new TokenKeeper(context.memory(), "oauth", clock, EARLY, this::renew);
        app.refreshToken()
                .filter(refresh -> keeper.tokens().isEmpty() || isAnother(refresh))
                // Ended already, so that the first request renews it.
                .ifPresent(refresh -> keeper.store(new Tokens("", refresh, Instant.EPOCH, "")));
        app.refreshToken().ifPresent(refresh -> memory.put(GIVEN, hash(refresh)));
    }

    /** Whoever puts another one into the settings wants it used instead of what is known. */
    private boolean isAnother(String refresh) {
        return !memory.get(GIVEN).equals(Optional.of(hash(refresh)));
    }

    Map<String, Long> counts() {
        return Map.of("token_renewals", renewals.sum(), "account_moves", moves.sum());
    }

    String redirectUri() {
        return redirectUri;
    }

    Hosts hosts() {
        return hosts;
    }

    @Override
    public Pass pass() {
        Tokens tokens = usable();
        return new Pass(base(tokens), tokens.access());
    }

    @Override
    public boolean renew(String refused) {
        return !keeper.renewed(refused).access().equals(refused);
    }

    @Override
    public boolean needsPerson() {
        return keeper.needsPerson();
    }

    /** Several requests may not be found at once: all but the first wait for what that one is told. */
    @Override
    public boolean hasMoved(URI from) {
        synchronized (asking) {
            Optional<Tokens> tokens = keeper.tokens();
            if (tokens.isEmpty() || !Hosts.same(base(tokens.get()), from)) {
                return tokens.isPresent();
            }
            Instant now = clock.instant();
            if (!now.isBefore(movedAsked.plus(MOVED_FOR))) {
                movedAsked = now;
                movedFrom = whereNow(from, tokens.get()).isPresent() ? from : null;
            }
            return from.equals(movedFrom);
        }
    }

    @Override
    public URI pages() {
        return keeper.tokens().map(this::base).orElse(configured);
    }

    /** Keeps a code that the account sent, until {@link #redeem()} has used it. */
    void keepCode(String code, URI host) {
        memory.putAll(Map.of(CODE, Json.write(Map.of("code", code, "host", host.toString()))));
    }

    /**
     * Turns a code into tokens: one that the account sent, or the one in the settings, which is used once.
     *
     * @return whether there was one
     * @throws ConnectorException why it did not work
     */
    boolean redeem() {
        Optional<JsonNode> kept = memory.get(CODE).flatMap(Json::parse);
        if (kept.isPresent()) {
            try {
                redeem(Json.text(kept.get(), "code"), URI.create(Json.text(kept.get(), "host")));
            } catch (ConnectorException e) {
                if (!e.reason().retryable() || e.reason() == Reason.REAUTHORISE) {
                    memory.remove(CODE);
                }
                throw e;
            }
            memory.remove(CODE);
            return true;
        }
        Optional<String> given =
                app.code().filter(code -> !memory.get(CODE_USED).equals(Optional.of(hash(code))));
        if (given.isEmpty()) {
            return false;
        }
        try {
            redeem(given.get(), configured);
        } catch (ConnectorException e) {
            if (!e.reason().retryable() || e.reason() == Reason.REAUTHORISE) {
                memory.put(CODE_USED, hash(given.get()));
            }
            throw e;
        }
        memory.put(CODE_USED, hash(given.get()));
        return true;
    }

    private void redeem(String code, URI host) {
        failWhileResting();
        Map<String, String> question = question("authorization_code");
        question.put("code", code);
        Tokens tokens = tokens(http.exchange(wire.token(host + "oauth2/access_token", question)), host);
        failIfOfAnother(tokens);
        keeper.store(tokens);
        log.info("amocrm: the integration is connected");
    }

    /** Whoever allows it may be logged in to another account, which is not to get these customers and calls. */
    private void failIfOfAnother(Tokens tokens) {
        Optional<String> known = memory.get(AmoWebhook.ACCOUNT);
        Optional<String> theirs = Jwt.claims(tokens.access())
                .map(claims -> Json.text(claims, "account_id"))
                .filter(id -> !id.isEmpty());
        if (known.isPresent() && theirs.isPresent() && !known.equals(theirs)) {
            throw new ConnectorException(
                    Reason.REFUSED,
                    "amocrm: another account was connected than the one that this store belongs to: log in to "
                            + configured.getHost() + " first");
        }
    }

    /** A permission that is gone stops the writes only when the access token has ended, too. */
    private Tokens usable() {
        try {
            return keeper.usable();
        } catch (ConnectorException e) {
            Optional<Tokens> known = keeper.tokens()
                    .filter(tokens -> !tokens.access().isEmpty())
                    .filter(tokens -> clock.instant().isBefore(tokens.expiresAt()));
            return known.orElseThrow(() -> e);
        }
    }

    private URI base(Tokens tokens) {
        return tokens.endpoint().isEmpty() ? configured : URI.create(tokens.endpoint());
    }

    private Tokens renew(Tokens old) {
        failWhileResting();
        failIfRefusedBefore(old);
        URI host = base(old);
        Answer answer = http.exchange(ask(host, old));
        if (answer.status() == 401 || answer.status() == 404) {
            Optional<URI> there = whereNow(host, old);
            if (there.isPresent()) {
                moves.increment();
                log.warn(
                        "amocrm: the account has moved to {}: change baseUrl",
                        there.get().getHost());
                host = there.get();
                answer = http.exchange(ask(host, old));
            }
        }
        try {
            Tokens fresh = tokens(answer, host);
            renewals.increment();
            return fresh;
        } catch (ConnectorException e) {
            if (e.reason() == Reason.REAUTHORISE) {
                remember(old);
            }
            throw e;
        }
    }

    private retrofit2.Call<okhttp3.ResponseBody> ask(URI host, Tokens old) {
        Map<String, String> question = question("refresh_token");
        question.put("refresh_token", old.refresh());
        return wire.token(host + "oauth2/access_token", question);
    }

    private Map<String, String> question(String grant) {
        Map<String, String> question = new LinkedHashMap<>();
        question.put("client_id", app.clientId());
        question.put("client_secret", app.clientSecret());
        question.put("grant_type", grant);
        question.put("redirect_uri", redirectUri);
        return question;
    }

    /** {@return the host that the account lives on now, when it is another one and one that is allowed} */
    private Optional<URI> whereNow(URI host, Tokens old) {
        try {
            URI asked = Jwt.claims(old.access())
                    .map(claims -> Json.text(claims, "api_domain"))
                    .flatMap(hosts::address)
                    .orElse(host);
            Answer answer = http.exchange(wire.whereNow(asked + "oauth2/account/current/subdomain", old.refresh()));
            return answer.isSuccess()
                    ? Json.parse(answer.body())
                            .map(body -> Json.text(body, "domain"))
                            .flatMap(hosts::address)
                            .filter(now -> !Hosts.same(now, host))
                    : Optional.empty();
        } catch (ConnectorException e) {
            return Optional.empty();
        }
    }

    /** Whoever goes on to ask while shut out stays shut out longer. */
    private void restIfAsked(Answer answer) {
        boolean blocked = AmoMessages.isBlocked(answer);
        if (blocked || answer.status() == 429) {
            Duration rest =
                    blocked ? BLOCKED_FOR : http.fault(answer).retryAfter().orElse(BUSY_FOR);
            restUntil = clock.instant().plus(rest);
            if (blocked) {
                log.error("amocrm: the authorization server shuts this address out; it is not asked for {}", rest);
            }
        }
    }

    private void failWhileResting() {
        Duration left = Duration.between(clock.instant(), restUntil);
        if (!left.isZero() && !left.isNegative()) {
            throw new ConnectorException(
                    Reason.UNAVAILABLE, "amocrm: the authorization server wants to be left alone", left, null);
        }
    }

    /** Asking again with a token that was refused changes nothing and may get the address shut out. */
    private void failIfRefusedBefore(Tokens old) {
        synchronized (lock) {
            boolean again = refusedRefresh.equals(hash(old.refresh()))
                    && clock.instant().isBefore(refusedAt.plus(REFUSED_FOR));
            if (again) {
                throw refusal("the refresh token was refused");
            }
        }
    }

    private void remember(Tokens old) {
        synchronized (lock) {
            refusedRefresh = hash(old.refresh());
            refusedAt = clock.instant();
        }
    }

    private Tokens tokens(Answer answer, URI host) {
        JsonNode body = Json.parse(answer.body()).filter(JsonNode::isObject).orElse(null);
        String access = body == null ? "" : Json.text(body, "access_token");
        String refresh = body == null ? "" : Json.text(body, "refresh_token");
        if (answer.isSuccess() && body != null && !access.isEmpty() && !refresh.isEmpty()) {
            String seconds = Json.text(body, "expires_in");
            Duration life = AmoCrmSettings.isNumber(seconds) && seconds.length() < 9
                    ? Duration.ofSeconds(Long.parseLong(seconds))
                    : LIFE;
            return new Tokens(access, refresh, clock.instant().plus(life), host.toString());
        }
        if (body != null && (answer.status() == 401 || answer.status() == 400)) {
            String hint = Json.text(body, "hint");
            throw refusal(hint.isEmpty() ? Json.text(body, "title") : hint);
        }
        restIfAsked(answer);
        // A renewal can be asked for again, so what the answer was does not matter.
        throw new ConnectorException(
                Reason.UNAVAILABLE, "amocrm: the authorization server answered " + answer.status(), null, null);
    }

    private static ConnectorException refusal(String why) {
        return new ConnectorException(
                Reason.REAUTHORISE, "amocrm: the account refuses the integration: " + why + "; connect it again");
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
