// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Serves the agent desk's files from the program itself. */
final class Desk {
    private static final Pattern FILE = Pattern.compile("[a-z0-9-]+\\.[a-z0-9]+");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json; charset=utf-8",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2");

    private Desk() {}

    /** What browsers are told not to do, whatever is answered. */
    static void protect(Context ctx) {
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("X-Frame-Options", "DENY");
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("Cross-Origin-Resource-Policy", "same-origin");
        ctx.header(
                "Content-Security-Policy",
                "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
                        + " frame-ancestors 'none'");
        if (ctx.path().startsWith("/api/")) {
            ctx.header("Cache-Control", "no-store");
        }
    }

    static void page(Context ctx) throws IOException {
        send(ctx, "index.html");
    }

    static void file(Context ctx) throws IOException {
        send(ctx, ctx.pathParam("file"));
    }

    private static void send(Context ctx, String name) throws IOException {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = TYPES.get(ending);
        if (type == null || !FILE.matcher(name).matches()) {
            throw ApiException.notFound("there is nothing here", "the desk is at /");
        }
        try (InputStream in = Desk.class.getResourceAsStream("/desk/" + name)) {
            if (in == null) {
                throw ApiException.notFound("there is nothing here", "the desk is at /");
            }
            ctx.contentType(type).header("Cache-Control", "no-cache").result(in.readAllBytes());
        }
    }
}
