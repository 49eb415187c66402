// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests and checks webhooks.
 *
 * <p>Both signatures are the Base64 of the hexadecimal text of an HMAC-SHA1, not of its bytes: always 56 characters.
 * What is signed of a request is its path, its parameters as PHP's {@code http_build_query} writes them, ordered by
 * name, and the MD5 of those. What is signed of a webhook is a few of its decoded values, one behind the other.
 * Immutable.
 */
final class ZadarmaSignature {
    private static final String HMAC = "HmacSHA1";

    private final SecretKeySpec secret;

    ZadarmaSignature(String secret) {
        this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC);
    }

    /**
     * {@return the parameters as they are signed, and safest sent}
     *
     * @param params texts, or lists and maps of texts
     */
    static String query(Map<String, ?> params) {
        StringJoiner query = new StringJoiner("&");
        new TreeMap<>(params).forEach((name, value) -> append(query, encode(name), value));
        return query.toString();
    }

    /**
     * {@return the signature of a request}
     *
     * @param path begins with {@code /v1/}; its last slash is part of it
     * @param query from {@link #query}
     */
    String ofRequest(String path, String query) {
        return sign(path + query + md5(query));
    }

    /**
     * {@return the signature of a webhook}
     *
     * @param signed the values that are signed, one behind the other
     */
    String ofWebhook(String signed) {
        return sign(signed);
    }

    /**
     * {@return whether a webhook was signed with this secret}
     *
     * @param signed the values that are signed, one behind the other
     * @param given the header {@code Signature}
     */
    boolean matches(String signed, String given) {
        // In constant time: how long the comparison takes must not tell how much of a guess was right.
        return MessageDigest.isEqual(
                sign(signed).getBytes(StandardCharsets.UTF_8), given.strip().getBytes(StandardCharsets.UTF_8));
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            String hex = HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            return Base64.getEncoder().encodeToString(hex.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make an " + HMAC, e);
        }
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make an MD5", e);
        }
    }

    private static void append(StringJoiner query, String name, Object value) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                append(query, name + encode("[" + i + "]"), list.get(i));
            }
        } else if (value instanceof Map<?, ?> map) {
            // Only the outermost names are ordered; PHP leaves inner ones as they are.
            map.forEach((inner, member) -> append(query, name + encode("[" + inner + "]"), member));
        } else {
            query.add(name + "=" + encode(String.valueOf(value)));
        }
    }

    /** URLEncoder agrees with PHP's RFC 1738 except for the asterisk. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A");
    }
}
