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

/** Decides who may use the API. */
final class Gate {
    static final String COOKIE = "cordboard";

    private static final String BEARER = "bearer ";
    // Jetty gives an IPv6 address in brackets or without, as it likes.
    private static final Pattern LOOPBACK_ADDRESS = Pattern.compile("127(\\.\\d{1,3}){3}|::1|(0:){7}1");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    // What proxies add. Whatever says that it was forwarded was not sent by a program on this machine.
    private static final List<String> FORWARDED = List.of(
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Forwarded-Server",
            "X-Real-IP",
            "Forwarded",
            "Via");
    private static final int THIRTY_DAYS = 30 * 24 * 3600;

    private final Optional<String> token;
    private final List<String> trustedProxies;
    private final Optional<URI> publicUrl;
    private final boolean isPublic;

    Gate(HttpConfig http) {
        this.token = http.token();
        this.trustedProxies = http.trustedProxies();
        this.publicUrl = http.publicUrl();
        this.isPublic = http.isPublic();
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
            throw new ApiException(
                    401, "the API asks for its token", "log in, or send http.token as \"Authorization: Bearer ...\"");
        }
    }

    /** {@return whether the API asks for a token} */
    boolean asksForToken() {
        return token.isPresent();
    }

    /** {@return whether what an account's vendor said may be told} */
    boolean mayKnow(Context ctx) {
        return token.filter(secret -> hasToken(ctx, secret)).isPresent() || isThisMachine(ctx);
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
            throw new ApiException(401, "the token is wrong", "it is http.token of the server's configuration");
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
            throw new ApiException(
                    403,
                    "requests from pages of other sites are not taken",
                    "open the desk at the server's own address, or set http.publicUrl to the one that browsers use");
        }
    }

    private void onlyThisMachine(Context ctx) {
        if (!isThisMachine(ctx)) {
            throw new ApiException(
                    403,
                    "without http.token in the configuration only programs on this machine are answered",
                    "set http.token, or ask at 127.0.0.1 on the server's machine without a proxy between");
        }
    }

    /**
     * A page of another site can make a browser on this machine ask here, under the page's own host name; and a proxy
     * on this machine brings everybody's requests. Behind a public address nobody is taken for this machine at all.
     */
    private boolean isThisMachine(Context ctx) {
        boolean near = LOOPBACK_ADDRESS
                .matcher(ctx.req().getRemoteAddr().replace("[", "").replace("]", ""))
                .matches();
        String host = ctx.header("Host");
        return near
                && !isPublic
                && host != null
                && HttpConfig.isLoopback(PORT.matcher(host).replaceFirst(""))
                && FORWARDED.stream().allMatch(header -> ctx.header(header) == null);
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
