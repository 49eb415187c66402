// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sforce.soap.partner.fault.ExceptionCode;
import com.sforce.soap.partner.fault.LoginFault;
import com.sforce.soap.partner.fault.UnexpectedErrorFault;
import com.sforce.ws.ConnectionException;
import io.cordboard.testkit.Json;
import io.cordboard.testkit.ManualClock;
import io.cordboard.testkit.SandboxOptions;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens: how they are got, and when they end. */
class SalesforceOAuthTest {
    private static final String JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T08:00:00Z"));
    private final SalesforceSandbox org = SalesforceSandbox.start(SandboxOptions.DEFAULTS.withClock(clock));

    @AfterEach
    void close() {
        org.close();
    }

    private Wsc.Reply token(Map<String, ?> form) {
        return Wsc.post(org, "/services/oauth2/token", form);
    }

    private Wsc.Reply refresh(String token) {
        return token(Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                org.clientId(),
                "client_secret",
                org.clientSecret(),
                "refresh_token",
                token));
    }

    private void assertWorks(@Nullable Object token) {
        assertThatCode(() -> Wsc.connect(org, String.valueOf(token), "65.0").getServerTimestamp())
                .doesNotThrowAnyException();
    }

    private void assertEnded(@Nullable Object token) {
        UnexpectedErrorFault fault = catchThrowableOfType(
                UnexpectedErrorFault.class,
                () -> Wsc.connect(org, String.valueOf(token), "65.0").getServerTimestamp());
        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_SESSION_ID);
    }

    @Test
    void clientCredentialsGiveAnOpaqueTokenAndTheInstance() {
        Wsc.Reply reply = token(Map.of(
                "grant_type", "client_credentials", "client_id", org.clientId(), "client_secret", org.clientSecret()));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .containsEntry("token_format", "opaque")
                .containsEntry("token_type", "Bearer")
                .containsEntry("instance_url", org.url().toString())
                .doesNotContainKeys("expires_in", "refresh_token");
        assertThat(reply.body().get("access_token"))
                .asString()
                .startsWith("00D")
                .contains("!");
        assertWorks(reply.body().get("access_token"));
    }

    @Test
    void clientCredentialsAlsoComeInTheHeader() {
        String pair = Base64.getEncoder()
                .encodeToString((org.clientId() + ":" + org.clientSecret()).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(org.url() + "/services/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Basic " + pair)
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build();

        assertThat(Wsc.send(request).statusCode()).isEqualTo(200);
    }

    @Test
    void wrongSecretAndUnknownGrantAreRefused() {
        Wsc.Reply wrong = token(
                Map.of("grant_type", "client_credentials", "client_id", org.clientId(), "client_secret", "wrong"));
        Wsc.Reply unknown = token(Map.of("grant_type", "password"));

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).containsEntry("error", "invalid_client");
        assertThat(unknown.body()).containsEntry("error", "unsupported_grant_type");
    }

    @Test
    void signedAssertionGivesAToken() {
        Wsc.Reply reply = token(Map.of("grant_type", JWT, "assertion", assertion(Map.of(), org.privateKey())));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).doesNotContainKeys("refresh_token", "issued_at", "expires_in");
        assertWorks(reply.body().get("access_token"));
    }

    @Test
    void assertionsAreChecked() throws GeneralSecurityException {
        String key = org.privateKey();
        String strange =
                pem(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate());

        assertRefused(assertion(Map.of(), strange), "invalid assertion");
        assertRefused(assertion(Map.of("aud", "https://test.salesforce.com"), key), "audience is invalid");
        assertRefused(assertion(Map.of("aud", org.url().toString()), key), "audience is invalid");
        assertRefused(assertion(Map.of("sub", "nobody@example.com"), key), "user hasn't approved this consumer");
        assertRefused(
                assertion(Map.of("exp", clock.instant().minusSeconds(1).getEpochSecond()), key), "invalid assertion");
        assertRefused(
                assertion(Map.of("exp", clock.instant().plusSeconds(3600).getEpochSecond()), key), "invalid assertion");
        assertRefused("a.b", "invalid assertion");
    }

    private void assertRefused(String assertion, String why) {
        Wsc.Reply reply = token(Map.of("grant_type", JWT, "assertion", assertion));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).containsEntry("error", "invalid_grant").containsEntry("error_description", why);
    }

    private String assertion(Map<String, ?> changes, String pem) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", org.clientId());
        claims.put("sub", org.username());
        claims.put("aud", "https://login.salesforce.com");
        claims.put("exp", clock.instant().plusSeconds(180).getEpochSecond());
        claims.putAll(changes);
        Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
        String text =
                url.encodeToString(Json.write(Map.of("alg", "RS256"))) + "." + url.encodeToString(Json.write(claims));
        try {
            String base64 = pem.replaceAll("-----[^-]+-----|\\s", "");
            PrivateKey key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + url.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(PrivateKey key) {
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----";
    }

    @Test
    void refreshTokenIsReplacedByANewOne() {
        Wsc.Reply first = refresh(org.refreshToken());
        Wsc.Reply second = refresh(String.valueOf(first.body().get("refresh_token")));

        assertThat(first.body().get("refresh_token")).isNotNull().isNotEqualTo(org.refreshToken());
        assertThat(second.status()).isEqualTo(200);
        assertWorks(second.body().get("access_token"));
    }

    @Test
    void refreshTokenThatIsUsedTwiceEndsEverything() {
        Wsc.Reply first = refresh(org.refreshToken());
        Wsc.Reply again = refresh(org.refreshToken());

        assertThat(again.status()).isEqualTo(400);
        assertThat(again.body()).containsEntry("error", "invalid_grant");
        assertEnded(first.body().get("access_token"));
        assertThat(refresh(String.valueOf(first.body().get("refresh_token"))).status())
                .isEqualTo(400);
    }

    @Test
    void withoutRotationARefreshTokenStays() {
        org.configure(Map.of("rotation", false));

        assertThat(refresh(org.refreshToken()).body()).doesNotContainKey("refresh_token");
        assertThat(refresh(org.refreshToken()).status()).isEqualTo(200);
    }

    @Test
    void sessionLivesAsLongAsItIsUsed() {
        String token = Wsc.token(org);
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMinutes(100));
            assertWorks(token);
        }
        clock.advance(Duration.ofMinutes(121));

        assertEnded(token);
    }

    @Test
    void revokedTokenIsEnded() {
        String token = Wsc.token(org);
        Wsc.post(org, "/services/oauth2/revoke", Map.of("token", token));

        assertEnded(token);
    }

    @Test
    void loginWithAPasswordIsGone() throws ConnectionException {
        LoginFault gone = catchThrowableOfType(
                LoginFault.class, () -> Wsc.connect(org, "", "65.0").login("a", "b"));
        LoginFault off = catchThrowableOfType(
                LoginFault.class, () -> Wsc.connect(org, "", "64.0").login("a", "b"));
        org.configure(Map.of("soapLogin", true));
        String session = Wsc.connect(org, "", "64.0")
                .login(org.username(), "secret-user1")
                .getSessionId();

        assertThat(gone.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_OPERATION);
        assertThat(gone.getExceptionMessage()).contains("not available in the API version specified (65.0)");
        assertThat(off.getExceptionMessage()).contains("disabled by default");
        assertWorks(session);
    }
}
