// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Signs what is sent and checks what comes: the SHA-256 of key, text and salt, one behind the other. It is no HMAC, and
 * what is signed is the text as it was received, never one that was written anew. Immutable.
 */
final class MangoSignature {
    private final String key;
    private final String salt;

    MangoSignature(String key, String salt) {
        this.key = key;
        this.salt = salt;
    }

    /** {@return the signature of a JSON text} */
    String of(String json) {
        return hash(key + json + salt);
    }

    /** {@return the signature in the address of a recording} */
    String ofLink(String recording, long until) {
        return hash(key + until + recording + salt);
    }

    /** {@return whether a text came from whoever knows the salt} */
    boolean matches(String givenKey, String json, String sign) {
        // In constant time: how long the comparison takes must not tell how much of a guess was right.
        boolean rightKey = same(key, givenKey.strip());
        boolean rightSign = same(of(json), sign.strip());
        return rightKey && rightSign;
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make a SHA-256", e);
        }
    }
}
