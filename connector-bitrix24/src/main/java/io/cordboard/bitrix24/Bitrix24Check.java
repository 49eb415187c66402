// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Reason;
import io.cordboard.http.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the portal whether everything is as it should be. */
final class Bitrix24Check {
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final Bitrix24Api api;
    private final Access access;
    private final Bitrix24Settings settings;
    private final Bitrix24Events events;
    private final Clock clock;

    Bitrix24Check(Bitrix24Api api, Access access, Bitrix24Settings settings, Bitrix24Events events, Clock clock) {
        this.api = api;
        this.access = access;
        this.settings = settings;
        this.events = events;
        this.clock = clock;
    }

    /** {@return one finding a line; an app also asks where it posts events to} */
    List<Finding> findings(Optional<String> eventsUrl) {
        List<Finding> all = new ArrayList<>();
        Reply scope = api.call(Traffic.SYNC, new Command("scope", Map.of()));
        Fault fault = scope.fault();
        if (fault != null) {
            all.add(unreachable(fault));
            return all;
        }
        all.add(Finding.ok("the portal answers", where()));
        scopes(scope.result(), all);
        skew(scope, all);
        responsible(all);
        statistics(all);
        told(eventsUrl, all);
        return all;
    }

    private Finding unreachable(Fault fault) {
        String advice = switch (fault.reason()) {
            case REAUTHORISE ->
                access.isApp()
                        ? "install the app again in the portal"
                        : "make a new inbound webhook in the portal and put its address into webhookUrl";
            case RATE_LIMITED -> "wait a minute; other programs at this address share the portal's rate";
            case FORBIDDEN -> "the portal's plan must include REST, and its user must have rights";
            default -> "check the address, the network and the portal";
        };
        return Finding.fail(String.valueOf(fault.asException().getMessage()), where(), advice);
    }

    private void scopes(JsonNode result, List<Finding> all) {
        Set<String> given = new HashSet<>();
        result.forEach(scope -> given.add(scope.asText().toLowerCase(Locale.ROOT)));
        List<Set<String>> wanted = new ArrayList<>(List.of(Set.of("crm"), Set.of("user", "user_basic")));
        if (!settings.calls().registerBy().equals("activity")) {
            wanted.add(Set.of("telephony"));
        }
        if (settings.tickets().task()) {
            wanted.add(Set.of("task", "tasks"));
        }
        if (settings.workTime()) {
            wanted.add(Set.of("timeman"));
        }
        for (Set<String> oneOf : wanted) {
            String name =
                    oneOf.stream().sorted().reduce((a, b) -> a + " or " + b).orElse("");
            if (oneOf.stream().anyMatch(given::contains)) {
                all.add(Finding.ok("scope " + name, where()));
            } else {
                all.add(Finding.fail(
                        "scope " + name + " is missing", where(), "tick it in the webhook's or the app's settings"));
            }
        }
    }

    private void skew(Reply reply, List<Finding> all) {
        Instant there = Bitrix24Messages.instant(Json.text(reply.time(), "date_finish"));
        if (there == null) {
            return;
        }
        Duration skew = Duration.between(there, clock.instant());
        all.add(
                skew.abs().compareTo(SKEW) <= 0
                        ? Finding.ok("the clocks agree", where())
                        : Finding.warn(
                                "this machine's clock is " + skew.toSeconds() + " s off the portal's",
                                where(),
                                "let the machine keep its time by NTP"));
    }

    private void responsible(List<Finding> all) {
        Optional<String> user = settings.calls().responsible();
        if (user.isEmpty()) {
            all.add(Finding.fail("nobody is responsible", "responsible", "set it to a Bitrix24 user's number"));
            return;
        }
        Reply reply = api.call(Traffic.SYNC, new Command("user.get", Map.of("FILTER", Map.of("ID", user.get()))));
        JsonNode row = reply.result().path(0);
        if (reply.fault() == null && row.isObject() && (!row.has("ACTIVE") || Json.flag(row, "ACTIVE"))) {
            all.add(Finding.ok("user " + user.get() + " gets what nobody answered", "responsible"));
        } else {
            all.add(Finding.fail(
                    "user " + user.get() + " is not an active user", "responsible", "set it to an active user"));
        }
    }

    private void statistics(List<Finding> all) {
        if (settings.calls().registerBy().equals("activity")) {
            return;
        }
        Reply reply = api.call(Traffic.SYNC, Telephony.statistics("EXTERNAL_CALL_ID", "check"));
        Fault fault = reply.fault();
        if (fault == null) {
            all.add(Finding.ok("call statistics can be read", where()));
        } else if (fault.reason() == Reason.FORBIDDEN) {
            all.add(Finding.warn(
                    "call statistics cannot be read: a lost answer is then resolved from memory only",
                    where(),
                    "give the user the right \"Call statistics: view\""));
        }
        if (!access.isApp() && settings.calls().registerBy().equals("auto")) {
            all.add(Finding.warn(
                    "a portal may refuse to register calls through a webhook; they become activities then",
                    "webhookUrl",
                    "use an app (oauth) for real call records"));
        }
    }

    private void told(Optional<String> eventsUrl, List<Finding> all) {
        if (!events.isGuarded()) {
            all.add(Finding.warn(
                    "events are refused, because their token is not known",
                    "applicationToken",
                    access.isApp()
                            ? "install the app with this program's webhook as its address"
                            : "make an outbound webhook in the portal and copy its token"));
        }
        if (!access.isApp() || eventsUrl.isEmpty()) {
            return;
        }
        try {
            List<String> missing = new Bindings(api, eventsUrl.get()).missing();
            all.add(
                    missing.isEmpty()
                            ? Finding.ok("the portal tells of changes and clicks", "eventsUrl")
                            : Finding.warn(
                                    "the portal does not tell of " + String.join(", ", missing),
                                    "eventsUrl",
                                    "they are asked for at each start; the app must be installed to the end"));
        } catch (ConnectorException e) {
            all.add(Finding.warn(String.valueOf(e.getMessage()), "eventsUrl", "see the lines above"));
        }
    }

    private String where() {
        return String.valueOf(access.pages().getHost());
    }
}
