// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.connector.StoreException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests that failed: a status, what is wrong and what to do; never more. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final Tally tally;

    Failures(Tally tally) {
        this.tally = tally;
    }

    void register(RoutesConfig routes) {
        routes.exception(ApiException.class, (e, ctx) -> refuse(ctx, e));
        routes.exception(
                HttpResponseException.class,
                (e, ctx) -> refuse(ctx, new ApiException(e.getStatus(), sentence(e.getStatus()), allowed(ctx, e))));
        routes.exception(StoreException.class, (e, ctx) -> {
            LOG.error("The store did not work: {}", e.getMessage());
            refuse(
                    ctx,
                    new ApiException(
                            503,
                            "the store does not work at the moment; what was accepted before is safe",
                            "see that its disk has room and may be written; the server's log says more"));
        });
        routes.exception(ConnectorException.class, (e, ctx) -> refuse(ctx, vendors(e)));
        routes.exception(
                IllegalArgumentException.class,
                (e, ctx) -> refuse(ctx, new ApiException(400, message(e.getMessage(), 400), null)));
        routes.exception(Exception.class, (e, ctx) -> {
            // Not the path: that of a webhook holds its secret.
            LOG.error("A {} request failed: {}", ctx.method(), e.toString());
            LOG.debug("A request failed", e);
            refuse(ctx, new ApiException(500, "the server could not do this", "the server's log says why"));
        });
        routes.error(404, ctx -> {
            String type = ctx.res().getContentType();
            if (type == null || !type.startsWith("application/json")) {
                Json.error(ctx, 404, sentence(404), null);
            }
        });
    }

    /** Says in the header and in words which methods an address takes. */
    private static @Nullable String allowed(Context ctx, HttpResponseException e) {
        String methods = e.getDetails().get("availableMethods");
        if (e.getStatus() != 405 || methods == null) {
            return null;
        }
        ctx.header("Allow", methods);
        return "use " + methods;
    }

    private void refuse(Context ctx, ApiException e) {
        Hooks.account(ctx).ifPresent(account -> tally.webhook(account, e.status()));
        if (!ctx.res().isCommitted()) {
            Json.error(
                    ctx,
                    e.status(),
                    message(e.getMessage(), e.status()),
                    e.fix().orElse(null));
        }
    }

    private static String message(@Nullable String message, int status) {
        return message == null ? sentence(status) : message;
    }

    private static String sentence(int status) {
        return switch (status) {
            case 404 -> "there is nothing here";
            case 405 -> "this address takes another method";
            case 413 -> "the body is larger than 1 MiB";
            default -> "the request cannot be answered";
        };
    }

    private static ApiException vendors(ConnectorException e) {
        int status = status(e.reason());
        return new ApiException(status, message(e.getMessage(), status), fix(e.reason()));
    }

    private static int status(Reason reason) {
        return switch (reason) {
            case NOT_FOUND -> 404;
            case REFUSED, FORBIDDEN -> 409;
            case RATE_LIMITED -> 429;
            default -> 502;
        };
    }

    private static @Nullable String fix(Reason reason) {
        return switch (reason) {
            case RATE_LIMITED -> "try again in a minute";
            case UNAVAILABLE -> "try again; the state of the account tells whether it can be reached";
            case UNCLEAR -> "see whether it was done before you try again";
            case REAUTHORISE, FORBIDDEN -> "an administrator gives the permission; \"cordboard check\" tells which";
            case REFUSED, NOT_FOUND -> null;
        };
    }
}
