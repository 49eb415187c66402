// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Mango's signatures, as its server makes them: written on its own, so that a connector's mistake is noticed. */
final class Seal {
    static final String KEY = "5f4dcc3b5aa765d61d8327deb882cf99";
    static final String SALT = "s3cr3t_salt_0123456789abcdef";

    private Seal() {}

    static String of(String json) {
        return sha256(KEY + json + SALT);
    }

    static String ofLink(String recording, String timestamp) {
        return sha256(KEY + timestamp + recording + SALT);
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
