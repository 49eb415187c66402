// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.connector.Settings;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How this program proves who it is. {@link #toString()} hides secrets. Immutable.
 *
 * @param grant which of the three ways
 * @param server the address that gives tokens
 * @param clientId the app's consumer key
 * @param clientSecret the app's consumer secret, or empty
 * @param username whom an assertion speaks for, or empty
 * @param audience whom an assertion is meant for
 * @param key what signs assertions, or null
 * @param refreshToken the first refresh token, or empty
 */
record OauthSettings(
        Grant grant,
        URI server,
        String clientId,
        String clientSecret,
        String username,
        String audience,
        @Nullable SigningKey key,
        String refreshToken) {

    static OauthSettings read(Settings settings, URI baseUrl) {
        String clientId = settings.text("oauth.clientId");
        String secret = settings.optionalText("oauth.clientSecret").orElse("");
        String username = settings.optionalText("oauth.username").orElse("");
        String refresh = settings.optionalText("oauth.refreshToken").orElse("");
        Optional<SigningKey> key = key(settings);
        Grant grant = key.isPresent() || !username.isEmpty()
                ? Grant.JWT_BEARER
                : refresh.isEmpty() ? Grant.CLIENT_CREDENTIALS : Grant.REFRESH_TOKEN;
        if (grant == Grant.JWT_BEARER && (key.isEmpty() || username.isEmpty())) {
            settings.problem(
                    "oauth", "needs both username and privateKey (or privateKeyFile) to sign in with an assertion");
        }
        if (grant == Grant.JWT_BEARER && !refresh.isEmpty()) {
            settings.problem("oauth.refreshToken", "excludes username and privateKey: choose one way to sign in");
        }
        if (grant == Grant.CLIENT_CREDENTIALS && secret.isEmpty()) {
            settings.problem(
                    "oauth.clientSecret",
                    "is required, unless there are oauth.username and oauth.privateKey, or oauth.refreshToken");
        }
        URI server = settings.uri("oauth.loginUrl", baseUrl);
        String audience = settings.optionalText("oauth.audience").orElseGet(() -> audience(baseUrl));
        return new OauthSettings(grant, server, clientId, secret, username, audience, key.orElse(null), refresh);
    }

    private static Optional<SigningKey> key(Settings settings) {
        Optional<String> text = settings.optionalText("oauth.privateKey");
        Optional<String> file = settings.optionalText("oauth.privateKeyFile");
        try {
            return text.isPresent() ? text.map(SigningKey::parse) : file.map(SigningKey::load);
        } catch (IllegalArgumentException e) {
            settings.problem(
                    text.isPresent() ? "oauth.privateKey" : "oauth.privateKeyFile",
                    Objects.requireNonNull(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Trial copies of an organisation are served by another authority. */
    private static String audience(URI baseUrl) {
        String host = baseUrl.getHost().toLowerCase(Locale.ROOT);
        boolean copy = host.contains(".sandbox.") || host.contains("--") || host.startsWith("test.");
        return "https://" + (copy ? "test" : "login") + ".salesforce.com";
    }

    @Override
    public String toString() {
        return "OauthSettings[" + grant + "]";
    }

    /** The ways to get a token. */
    enum Grant {
        /** The app's own user. */
        CLIENT_CREDENTIALS,
        /** A signed assertion for one user. */
        JWT_BEARER,
        /** What a user allowed once. */
        REFRESH_TOKEN
    }
}
