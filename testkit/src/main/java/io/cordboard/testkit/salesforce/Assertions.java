// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import io.cordboard.testkit.Json;
import io.cordboard.testkit.salesforce.Sessions.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the signed assertions of the JWT bearer flow. Guarded by the sandbox's lock. */
final class Assertions {
    private static final Set<String> AUDIENCES = Set.of("https://login.salesforce.com");
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final List<PublicKey> trusted = new ArrayList<>();
    private @Nullable KeyPair pair;

    /** The private key whose certificate the app was given, in PEM; made when somebody first asks for it. */
    String privateKey() {
        byte[] key = pair().getPrivate().getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
    }

    void trust(PublicKey key) {
        trusted.add(key);
    }

    private KeyPair pair() {
        KeyPair made = pair;
        if (made == null) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                made = generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JDK cannot make RSA keys", e);
            }
            pair = made;
            trusted.add(made.getPublic());
        }
        return made;
    }

    /** The user whom a valid assertion speaks for. */
    String user(String assertion, String clientId, Org org) {
        String[] parts = assertion.split("\\.", -1);
        if (parts.length != 3) {
            throw new Refusal("invalid_grant", "invalid assertion");
        }
        Map<String, Object> header = json(parts[0]);
        Map<String, Object> claims = json(parts[1]);
        if (!"RS256".equals(header.get("alg")) || !signed(parts)) {
            throw new Refusal("invalid_grant", "invalid assertion");
        }
        if (!clientId.equals(claims.get("iss"))) {
            throw new Refusal("invalid_client_id", "client identifier invalid");
        }
        if (!AUDIENCES.contains(String.valueOf(claims.get("aud")))) {
            throw new Refusal("invalid_grant", "audience is invalid");
        }
        Instant now = org.switches().clock().instant();
        Instant until =
                claims.get("exp") instanceof Number exp ? Instant.ofEpochSecond(exp.longValue()) : Instant.EPOCH;
        if (until.isBefore(now) || until.isAfter(now.plus(LONGEST))) {
            throw new Refusal("invalid_grant", "invalid assertion");
        }
        String name = String.valueOf(claims.get("sub"));
        return org.rows("User").stream()
                .filter(user -> user.text("Username").equalsIgnoreCase(name))
                .filter(user -> user.text("IsActive").equals("true"))
                .filter(user -> org.switches().on("jwtApproved"))
                .map(Row::key)
                .findFirst()
                .orElseThrow(() -> new Refusal("invalid_grant", "user hasn't approved this consumer"));
    }

    private static Map<String, Object> json(String part) {
        try {
            return Json.read(Base64.getUrlDecoder().decode(part));
        } catch (IllegalArgumentException e) {
            throw new Refusal("invalid_grant", "invalid assertion");
        }
    }

    private boolean signed(String[] parts) {
        for (PublicKey key : trusted) {
            try {
                Signature signature = Signature.getInstance("SHA256withRSA");
                signature.initVerify(key);
                signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
                if (signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
                    return true;
                }
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                // not signed by this one
            }
        }
        return false;
    }
}
