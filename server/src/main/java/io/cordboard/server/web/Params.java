// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import io.cordboard.call.CallId;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of requests and says what is wrong with them. */
final class Params {
    private Params() {}

    static Optional<String> text(Context ctx, String name) {
        return Optional.ofNullable(ctx.queryParam(name)).map(String::strip).filter(t -> !t.isEmpty());
    }

    static Optional<String> choice(Context ctx, String name, List<String> allowed) {
        Optional<String> value = text(ctx, name);
        if (value.isPresent() && !allowed.contains(value.get())) {
            throw ApiException.badRequest(name + " must be one of " + String.join(", ", allowed));
        }
        return value;
    }

    static @Nullable Instant instant(Context ctx, String name) {
        String text = text(ctx, name).orElse(null);
        return text == null ? null : instant(name, text);
    }

    static Instant instant(String name, String text) {
        try {
            // A plus sign in a query is a space unless the client wrote %2B.
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeParseException e) {
            throw ApiException.badRequest(name + " must be a time such as 2026-11-22T10:00:00Z");
        }
    }

    static int limit(Context ctx, int fallback, int most) {
        String text = text(ctx, "limit").orElse(Integer.toString(fallback));
        try {
            int value = Integer.parseInt(text);
            if (value >= 1 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is out of range.
        }
        throw ApiException.badRequest("limit must be a whole number from 1 to " + most);
    }

    static CallId callId(Context ctx) {
        try {
            return CallId.parse(ctx.pathParam("id"));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("a call's id looks like hq:1795365484.94");
        }
    }
}
