// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import io.cordboard.server.config.HttpConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Decides who may use the API. */
final class Gate {
    static final String COOKIE = "cordboard";

    private static final String BEARER = "bearer ";
    // Jetty gives an IPv6 address in brackets or without, as it likes.
    private static final Pattern LOOPBACK_ADDRESS = Pattern.compile("127(\\.\\d{1,3}){3}|::1|(0:){7}1");
    private static final Pattern LOOPBACK_HOST = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");
    private static final int THIRTY_DAYS = 30 * 24 * 3600;

    private final Optional<String> token;
    private final List<String> trustedProxies;
    private final Optional<URI> publicUrl;

    Gate(HttpConfig http) {
        this.token = http.token();
        this.trustedProxies = http.trustedProxies();
        this.publicUrl = http.publicUrl();
    }

    /** Lets a request pass or refuses it. */
    void check(Context ctx) {
        ownPagesOnly(ctx);
        if (ctx.path().equals("/api/login")) {
            return;
        }
        if (token.isEmpty()) {
            onlyThisMachine(ctx);
        } else if (!hasToken(ctx, token.get())) {
            ctx.header("WWW-Authenticate", "Bearer");
            throw new ApiException(401, "send the configured token as \"Authorization: Bearer ...\" or log in");
        }
    }

    /** Without a token there is nothing to log in with, and nothing to log in for. */
    void login(Context ctx) {
        if (token.isEmpty()) {
            onlyThisMachine(ctx);
            ctx.status(204);
            return;
        }
        String given = Json.required(Json.body(ctx), "token");
        if (!same(given, token.get())) {
            throw new ApiException(401, "the token is wrong");
        }
        ctx.cookie(cookie(ctx, sessionOf(token.get()), THIRTY_DAYS));
        ctx.status(204);
    }

    void logout(Context ctx) {
        ctx.cookie(cookie(ctx, "", 0));
        ctx.status(204);
    }

    /** {@return whose request it is; what a proxy says counts only when it is a proxy that is trusted} */
    String remoteAddress(Context ctx) {
        String direct = ctx.req().getRemoteAddr();
        String forwarded = ctx.header("X-Forwarded-For");
        if (forwarded == null || !trustedProxies.contains(direct)) {
            return direct;
        }
        List<String> hops = List.of(forwarded.split(","));
        for (int i = hops.size() - 1; i >= 0; i--) {
            String hop = hops.get(i).strip();
            if (!trustedProxies.contains(hop)) {
                return hop;
            }
        }
        return direct;
    }

    static boolean same(String a, String b) {
        return MessageDigest.isEqual(digest(a), digest(b));
    }

    private static Cookie cookie(Context ctx, String value, int maxAge) {
        boolean secure = "https".equals(ctx.header("X-Forwarded-Proto"));
        return new Cookie(COOKIE, value, "/", maxAge, secure, true, null, SameSite.STRICT);
    }

    private static boolean hasToken(Context ctx, String token) {
        String header = ctx.header("Authorization");
        if (header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return same(header.substring(BEARER.length()).strip(), token);
        }
        String cookie = ctx.cookie(COOKIE);
        return cookie != null && same(cookie, sessionOf(token));
    }

    /** Browsers name the page that a request comes from; what changes something is taken from own pages only. */
    private void ownPagesOnly(Context ctx) {
        String origin = ctx.header("Origin");
        boolean reads =
                ctx.req().getMethod().equals("GET") || ctx.req().getMethod().equals("HEAD");
        if (reads || origin == null) {
            return;
        }
        String page = origin.replaceFirst("^https?://", "").toLowerCase(Locale.ROOT);
        String host = Optional.ofNullable(ctx.header("Host")).orElse("").toLowerCase(Locale.ROOT);
        if (!page.equals(host) && !publicUrl.map(URI::getRawAuthority).equals(Optional.of(page))) {
            throw new ApiException(403, "requests from pages of other sites are not taken");
        }
    }

    private void onlyThisMachine(Context ctx) {
        boolean near = LOOPBACK_ADDRESS
                .matcher(ctx.req().getRemoteAddr().replace("[", "").replace("]", ""))
                .matches();
        // A page of another site can make a browser on this machine ask here under the page's own host name.
        if (!near || !isLoopback(ctx.header("Host")) || ctx.header("X-Forwarded-For") != null) {
            throw new ApiException(
                    403, "without http.token in the configuration only programs on this machine are answered");
        }
    }

    private static boolean isLoopback(@Nullable String host) {
        return host != null
                && LOOPBACK_HOST.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    /** What the desk keeps instead of the token; it changes with the token and does not tell it. */
    private static String sessionOf(String token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal("cordboard desk".getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
