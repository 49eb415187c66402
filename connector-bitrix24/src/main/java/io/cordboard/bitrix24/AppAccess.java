// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorException;
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
import java.util.Map;
import java.util.Optional;

/** An installed app: OAuth tokens that are renewed in time. Safe for use by many threads. */
final class AppAccess implements Access {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration EARLY = Duration.ofMinutes(2);

    private final Bitrix24Settings.Oauth app;
    private final VendorHttp http;
    private final Bitrix24Wire wire;
    private final Clock clock;
    private final TokenKeeper keeper;

    AppAccess(Bitrix24Settings.Oauth app, ConnectorContext context, VendorHttp http) {
        this.app = app;
        this.http = http;
        this.wire = http.service(Bitrix24Wire.class);
        this.clock = context.clock();
        this.keeper = new TokenKeeper(context.memory(), "oauth", clock, EARLY, this::ask);
        if (keeper.tokens().isEmpty() && !app.refreshToken().isEmpty()) {
            // Ended already, so that the first request renews it.
            keeper.store(new Tokens("", app.refreshToken(), Instant.EPOCH, ""));
        }
    }

    @Override
    public URI methods() {
        String endpoint = keeper.usable().endpoint();
        return endpoint.isEmpty() ? app.portal().resolve("/rest/") : URI.create(endpoint);
    }

    @Override
    public Optional<String> token() {
        return Optional.of(keeper.usable().access());
    }

    @Override
    public boolean renew(String refused) {
        return !keeper.renewed(refused).access().equals(refused);
    }

    @Override
    public boolean needsPerson() {
        return keeper.needsPerson();
    }

    @Override
    public boolean isApp() {
        return true;
    }

    @Override
    public URI pages() {
        return app.portal().resolve("/");
    }

    /** Takes what the configured portal sends when the app is installed; on disk when this returns. */
    boolean installed(Map<String, String> auth) {
        if (!isFromThePortal(auth)) {
            return false;
        }
        String access = auth.getOrDefault("auth[access_token]", "");
        String refresh = auth.getOrDefault("auth[refresh_token]", "");
        if (access.isEmpty() || refresh.isEmpty()) {
            return false;
        }
        String expiresIn = auth.getOrDefault("auth[expires_in]", "");
        keeper.store(
                new Tokens(access, refresh, endOf(expiresIn), trusted(auth.getOrDefault("auth[client_endpoint]", ""))));
        return true;
    }

    private boolean isFromThePortal(Map<String, String> auth) {
        String domain = auth.getOrDefault("auth[domain]", "");
        String address = domain.isEmpty() ? auth.getOrDefault("auth[client_endpoint]", "") : "https://" + domain;
        try {
            return app.portal().getHost().equalsIgnoreCase(URI.create(address).getHost());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Tokens ask(Tokens old) {
        Map<String, String> question = Map.of(
                "grant_type", "refresh_token",
                "client_id", app.clientId(),
                "client_secret", app.clientSecret(),
                "refresh_token", old.refresh());
        String address = app.server().resolve("/oauth/token/").toString();
        Answer answer = http.exchange(app.post() ? wire.tokenByPost(address, question) : wire.token(address, question));
        JsonNode body = Json.parse(answer.body()).filter(JsonNode::isObject).orElseThrow(() -> unreadable(answer));
        String access = Json.text(body, "access_token");
        String refresh = Json.text(body, "refresh_token");
        if (!access.isEmpty() && !refresh.isEmpty()) {
            return new Tokens(
                    access, refresh, endOf(Json.text(body, "expires_in")), trusted(Json.text(body, "client_endpoint")));
        }
        throw Fault.of(Json.text(body, "error"), Json.text(body, "error_description"), answer.status())
                .asException();
    }

    private ConnectorException unreadable(Answer answer) {
        // The renewal can be asked for again, so what the answer was does not matter.
        return new ConnectorException(
                Reason.UNAVAILABLE, "bitrix24: the authorization server answered " + answer.status() + " without JSON");
    }

    private Instant endOf(String seconds) {
        boolean number =
                !seconds.isEmpty() && seconds.length() < 9 && seconds.chars().allMatch(Character::isDigit);
        return clock.instant().plus(number ? Duration.ofSeconds(Long.parseLong(seconds)) : LIFE);
    }

    /** An address from outside is taken only for the portal that was configured: a token is sent there. */
    private String trusted(String endpoint) {
        try {
            URI uri = URI.create(endpoint);
            boolean same = app.portal().getHost().equalsIgnoreCase(uri.getHost())
                    && app.portal().getPort() == uri.getPort()
                    && app.portal().getScheme().equals(uri.getScheme());
            return same && endpoint.endsWith("/") ? endpoint : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
