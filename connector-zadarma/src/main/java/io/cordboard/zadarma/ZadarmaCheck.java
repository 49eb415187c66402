// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Finding;
import io.cordboard.http.Json;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks whether an account is as it should be. */
final class ZadarmaCheck {
    static final List<String> FLAGS = List.of(
            "notify_start", "notify_internal", "notify_answer", "notify_end", "notify_out_start", "notify_out_end");

    private static final Duration SKEW = Duration.ofSeconds(30);

    private final String account;
    private final ZadarmaApi api;
    private final ZadarmaSettings settings;
    private final ZadarmaTime time;
    private final Clock clock;
    private final Optional<URI> address;

    ZadarmaCheck(ZadarmaApi api, Zadarma.Parts parts) {
        this.account = parts.context().account();
        this.api = api;
        this.settings = parts.settings();
        this.time = parts.time();
        this.clock = parts.context().clock();
        this.address = ZadarmaAddress.of(parts);
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (!settings.verifySignature()) {
            findings.add(Finding.warn(
                    "webhooks are taken without a signature",
                    account + ".verifySignature",
                    "create API keys in the cabinet and write verifySignature: strict"));
        }
        // When the first question fails, the others would only repeat why.
        if (ask(findings, "/v1/info/timezone/", answer -> clock(findings, answer))) {
            ask(findings, "/v1/info/balance/", answer -> balance(findings, answer));
            ask(findings, "/v1/pbx/internal/", answer -> extensions(findings, answer));
            ask(findings, "/v1/pbx/callinfo/", answer -> webhook(findings, answer));
        }
        return findings;
    }

    private boolean ask(List<Finding> findings, String path, Consumer<JsonNode> reader) {
        try {
            reader.accept(api.ask(path, Map.of()));
            return true;
        } catch (ConnectorException e) {
            findings.add(Finding.fail(String.valueOf(e.getMessage()), account, advice(e)));
            return false;
        }
    }

    private static String advice(ConnectorException e) {
        return switch (e.reason()) {
            case REAUTHORISE -> "compare key and secret with the cabinet: Settings, Integrations and API, Keys and API";
            case FORBIDDEN -> "ask Zadarma for the right to use this method";
            case NOT_FOUND -> "check apiUrl; only a PBX account has these methods";
            case RATE_LIMITED -> "wait a minute; somebody else may use the same key";
            case UNAVAILABLE, UNCLEAR -> "check apiUrl and the way out of this network";
            case REFUSED -> "switch the PBX on in the cabinet";
        };
    }

    private void clock(List<Finding> findings, JsonNode answer) {
        Instant now = clock.instant();
        long unixTime = answer.path("unixtime").asLong(0);
        findings.add(Finding.ok("Zadarma takes key and secret", account + ".key"));
        Duration skew = Duration.between(Instant.ofEpochSecond(unixTime), now);
        if (skew.abs().compareTo(SKEW) > 0) {
            findings.add(Finding.warn(
                    "this clock and Zadarma's differ by " + skew.abs().toSeconds() + " seconds",
                    account,
                    "let this machine's clock be set by NTP"));
        } else {
            findings.add(Finding.ok("the clocks agree", account));
        }
        String stated = Json.text(answer, "timezone");
        boolean trusted = time.learn(unixTime, Json.text(answer, "datetime"), stated);
        ZoneId configured = settings.timeZone();
        if (configured == null) {
            findings.add(
                    trusted
                            ? Finding.warn(
                                    "the account's zone is " + stated + " now, without rules for summer time",
                                    account + ".timeZone",
                                    "name the zone that the cabinet shows, such as timeZone: Europe/Kyiv")
                            : Finding.warn(
                                    "the account's zone is not known",
                                    account + ".timeZone",
                                    "name the zone that the cabinet shows, such as timeZone: Europe/Kyiv"));
        } else if (trusted && !configured.getRules().getOffset(now).equals(offset(answer))) {
            findings.add(Finding.warn(
                    "the account's zone is " + stated + ", not " + configured,
                    account + ".timeZone",
                    "name the zone that the cabinet shows"));
        } else {
            findings.add(Finding.ok("the account's zone is " + configured, account + ".timeZone"));
        }
    }

    private static java.time.ZoneOffset offset(JsonNode answer) {
        long wall = ZadarmaTime.read(Json.text(answer, "datetime"))
                .map(at -> at.toEpochSecond(java.time.ZoneOffset.UTC))
                .orElse(0L);
        // Half an hour is the finest step; the two members may be some seconds apart.
        long minutes = Math.round((wall - answer.path("unixtime").asLong(0)) / 900.0) * 15;
        return java.time.ZoneOffset.ofTotalSeconds((int) Math.max(-1080, Math.min(1080, minutes)) * 60);
    }

    private void balance(List<Finding> findings, JsonNode answer) {
        double balance = answer.path("balance").asDouble(0);
        if (balance <= 0) {
            findings.add(
                    Finding.warn("the balance is used up", account, "top it up, or calls will not be put through"));
        } else {
            findings.add(Finding.ok("there is a balance", account));
        }
    }

    private void extensions(List<Finding> findings, JsonNode answer) {
        int howMany = answer.path("numbers").size();
        if (howMany == 0) {
            findings.add(
                    Finding.warn("the PBX has no extensions", account, "create one for each agent in the cabinet"));
        } else {
            findings.add(Finding.ok("the PBX has " + howMany + " extensions", account));
        }
    }

    private void webhook(List<Finding> findings, JsonNode answer) {
        String url = Json.text(answer, "url");
        String where = account + ".webhookUrl";
        if (url.isEmpty()) {
            findings.add(
                    address.isPresent() && !settings.publish().equals("never")
                            ? Finding.warn("Zadarma calls nobody yet", where, "run the server: it enters its address")
                            : Finding.fail(
                                    "Zadarma calls nobody",
                                    where,
                                    "enter this account's webhook address in the cabinet under Integrations and API,"
                                            + " Notifications"));
        } else if (address.isPresent() && !url.equals(address.get().toString())) {
            findings.add(Finding.fail(
                    "Zadarma calls another address, at " + host(url) + ", and not this account's webhook",
                    where,
                    "enter the webhook's address in the cabinet, or write publish: always to have it replaced at the"
                            + " next start"));
        } else {
            findings.add(Finding.ok("Zadarma calls " + host(url), where));
        }
        List<String> off = FLAGS.stream()
                .filter(flag -> !Json.flag(answer.path("notifications"), flag))
                .toList();
        if (off.isEmpty()) {
            findings.add(Finding.ok("all notifications are on", account));
        } else {
            findings.add(Finding.warn(
                    "these notifications are off: " + String.join(", ", off),
                    account,
                    "switch them on in the cabinet; without notify_start no call is routed, without the others less is"
                            + " known"));
        }
    }

    /** The path holds a secret. */
    private static String host(String url) {
        try {
            return String.valueOf(URI.create(url).getHost());
        } catch (IllegalArgumentException e) {
            return "an unreadable address";
        }
    }
}
