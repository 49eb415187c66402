// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.zadarma;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Zadarma's signatures, as its server makes them: written on its own, so that a connector's mistake is noticed. */
final class Seal {
    private final byte[] secret;

    Seal(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** {@return the signature of a request with these parameters, nested ones as maps} */
    String ofRequest(String path, Map<String, ?> params) {
        String query = build(params);
        return seal(path + query + hex(digest(query)));
    }

    /** {@return the signature of a text} */
    String seal(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hex = hex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))).getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder().encodeToString(hex);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The outermost names are sorted, what is in them stays in the order in which it came. */
    static String build(Map<String, ?> params) {
        List<String> pairs = new ArrayList<>();
        new TreeMap<>(params).forEach((name, value) -> collect(pairs, name, value));
        return String.join("&", pairs);
    }

    private static void collect(List<String> pairs, String name, Object value) {
        if (value instanceof Map<?, ?> inner) {
            inner.forEach((key, member) -> collect(pairs, name + "[" + key + "]", member));
        } else {
            pairs.add(encode(name) + "=" + encode(String.valueOf(value)));
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A");
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
