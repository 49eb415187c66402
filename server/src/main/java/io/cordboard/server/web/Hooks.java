// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import io.cordboard.Cordboard;
import io.cordboard.connector.Connector;
import io.cordboard.connector.Webhook;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what vendors send to {@code /hook/{account}/{secret}}, and below it, to the connector whose it is. */
final class Hooks {
    private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);

    private final Cordboard cordboard;
    private final Map<String, String> secrets;
    private final Gate gate;
    private final Tally tally;

    Hooks(Cordboard cordboard, Map<String, String> secrets, Gate gate, Tally tally) {
        this.cordboard = cordboard;
        this.secrets = Map.copyOf(secrets);
        this.gate = gate;
        this.tally = tally;
    }

    void handle(Context ctx) {
        String account = ctx.pathParam("account");
        String secret = secrets.get(account);
        // The comparison takes place for an unknown account too, so that its time does not tell which accounts exist.
        boolean right = Gate.same(ctx.pathParam("secret"), secret == null ? "no such account" : secret);
        Optional<Webhook> webhook = cordboard.connector(account).flatMap(Connector::webhook);
        if (!right || secret == null || webhook.isEmpty()) {
            tally.webhook(secret == null ? "unknown" : account, 404);
            throw new ApiException(404, "there is nothing here", null);
        }
        ctx.attribute("account", account);
        Webhook.Response response = answer(webhook.get(), request(ctx), account);
        tally.webhook(account, response.status());
        ctx.status(response.status()).contentType(response.contentType()).result(response.body());
    }

    /** {@return the account of a webhook's request, once its secret was right} */
    static Optional<String> account(Context ctx) {
        return Optional.ofNullable(ctx.attribute("account"));
    }

    private Webhook.Request request(Context ctx) {
        Map<String, String> headers = new HashMap<>();
        List<String> names = Collections.list(ctx.req().getHeaderNames());
        names.forEach(
                name -> headers.put(name.toLowerCase(Locale.ROOT), ctx.req().getHeader(name)));
        String query = Optional.ofNullable(ctx.queryString()).orElse("");
        String path = ctx.pathParamMap().getOrDefault("path", "");
        return new Webhook.Request(
                ctx.req().getMethod(), path, query, headers, Body.read(ctx), gate.remoteAddress(ctx));
    }

    // The contract of a webhook: whatever it throws means "not taken", and the vendor has to send it again.
    @SuppressWarnings("IllegalCatch")
    private static Webhook.Response answer(Webhook webhook, Webhook.Request request, String account) {
        try {
            return webhook.handle(request);
        } catch (RuntimeException e) {
            LOG.error("A webhook of {} was not taken: {}", account, e.getMessage());
            LOG.debug("A webhook of {} was not taken", account, e);
            return Webhook.Response.text(503, "not taken, send it again");
        }
    }
}
