// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.Webhook;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that calls this program on the account's behalf: its messages about changes (forms), the widget in its
 * users' browsers, and the redirect of whoever connects the integration. The account signs nothing; that the address is
 * a secret is what protects it.
 */
final class AmoWebhook implements Webhook {
    private static final Logger log = LoggerFactory.getLogger(AmoWebhook.class);
    static final String ACCOUNT = "account.id";

    private final ConnectorContext context;
    private final AmoEvents events;
    private final AmoClicks clicks;
    private final Optional<Connecting> connecting;
    private final LongAdder taken = new LongAdder();
    private final LongAdder refusedAccount = new LongAdder();
    private final LongAdder refusedMalformed = new LongAdder();
    private final LongAdder refusedRedirect = new LongAdder();

    AmoWebhook(ConnectorContext context, AmoEvents events, AmoClicks clicks, Optional<Connecting> connecting) {
        this.context = context;
        this.events = events;
        this.clicks = clicks;
        this.connecting = connecting;
    }

    Map<String, Long> counts() {
        return Map.of(
                "webhooks_taken", taken.sum(),
                "webhooks_refused_account", refusedAccount.sum(),
                "webhooks_refused_malformed", refusedMalformed.sum(),
                "redirects_refused", refusedRedirect.sum());
    }

    @Override
    public Response handle(Request request) {
        return switch (request.method()) {
            case "POST" -> post(request);
            case "GET" -> get(Php.decode(request.query()).orElse(Map.of()));
            default -> malformed(405, "GET and POST only");
        };
    }

    private Response post(Request request) {
        String type = request.header("content-type").orElse("application/x-www-form-urlencoded");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            return malformed(415, "a form is expected");
        }
        Optional<Map<String, String>> form = Php.decode(request.text()).filter(pairs -> !pairs.isEmpty());
        if (form.isEmpty()) {
            return malformed(400, "not a form");
        }
        Optional<String> known = context.memory().get(ACCOUNT);
        String account = form.get().getOrDefault("account[id]", "");
        if (known.isPresent() && !known.get().equals(account)) {
            refusedAccount.increment();
            log.warn("amocrm {}: a message of another account was refused", context.account());
            return Response.text(403, "another account");
        }
        events.take(form.get());
        taken.increment();
        return Response.text(200, "ok");
    }

    private Response get(Map<String, String> query) {
        if (query.containsKey("_action")) {
            return clicks.isSetUp()
                    ? clicks.answer(query)
                    : Response.text(403, "set widget.login and widget.secret to take clicks");
        }
        if (connecting.isEmpty()) {
            return malformed(404, "nothing is expected here");
        }
        if (query.containsKey("signature") && query.containsKey("client_uuid")) {
            return removed(query, connecting.get());
        }
        if (query.containsKey("error")) {
            return Response.text(200, "The integration was not allowed; nothing has changed.");
        }
        return query.containsKey("code") ? redirected(query, connecting.get()) : malformed(400, "no code");
    }

    private Response redirected(Map<String, String> query, Connecting how) {
        String state = query.getOrDefault("state", "");
        boolean ours = state.isEmpty() || how.state().equals(state);
        Optional<URI> host = how.access().hosts().address(query.getOrDefault("referer", ""));
        if (!ours || host.isEmpty()) {
            refusedRedirect.increment();
            log.warn(
                    "amocrm {}: a redirect with {} was refused",
                    context.account(),
                    ours ? "a host on which no account lives" : "a wrong state");
            return Response.text(403, ours ? "not a host of an account" : "wrong state");
        }
        how.access().keepCode(query.getOrDefault("code", ""), host.get());
        how.redeem().run();
        return Response.text(200, "Thank you. The integration is being connected; you can close this page.");
    }

    /** The account says that somebody switched the integration off there. */
    private Response removed(Map<String, String> query, Connecting how) {
        String message = query.getOrDefault("client_uuid", "") + "|" + query.getOrDefault("account_id", "");
        byte[] right = hmac(how.clientSecret(), message).getBytes(StandardCharsets.UTF_8);
        byte[] given =
                query.getOrDefault("signature", "").toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(right, given)) {
            refusedRedirect.increment();
            return Response.text(403, "wrong signature");
        }
        Optional<String> ours = context.memory().get(ACCOUNT);
        if (ours.isPresent() && !ours.equals(Optional.ofNullable(query.get("account_id")))) {
            // One integration may be installed in many accounts.
            return Response.text(200, "ok");
        }
        log.warn("amocrm {}: the integration was switched off in the account", context.account());
        how.removed().run();
        return Response.text(200, "ok");
    }

    private Response malformed(int status, String why) {
        refusedMalformed.increment();
        return Response.text(status, why);
    }

    static String hmac(String key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    /**
     * How an integration is connected.
     *
     * @param access takes the code
     * @param clientSecret signs what the account says of the integration
     * @param state what whoever connects it brings back
     * @param redeem turns a kept code into tokens, soon
     * @param removed is told that the integration was switched off
     */
    record Connecting(OauthAccess access, String clientSecret, String state, Runnable redeem, Runnable removed) {
        @Override
        public String toString() {
            return "Connecting[" + access.pages().getHost() + "]";
        }
    }
}
