// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Finding;
import io.cordboard.crm.AgentSource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the account whether everything is as it should be. */
final class AmoCheck {
    private static final Duration SOON = Duration.ofDays(30);

    private final AmoApi api;
    private final Access access;
    private final AmoCrmSettings settings;
    private final Optional<Subscription> subscription;
    private final Clock clock;

    AmoCheck(AmoApi api, Access access, AmoCrmSettings settings, Optional<Subscription> subscription, Clock clock) {
        this.api = api;
        this.access = access;
        this.settings = settings;
        this.subscription = subscription;
        this.clock = clock;
    }

    List<Finding> findings(Optional<String> state) {
        List<Finding> all = new ArrayList<>();
        Reply account = api.get(Traffic.SYNC, AccountInfo.PATH);
        Fault fault = account.fault();
        if (fault != null) {
            all.add(unreachable(fault));
            state.ifPresent(s -> connect(s, all));
            return all;
        }
        all.add(Finding.ok("the account answers", where()));
        moved(all);
        token(all);
        unsorted(account.body(), all);
        users(all);
        places(all);
        told(all);
        recordings(all);
        widget(all);
        return all;
    }

    private Finding unreachable(Fault fault) {
        String advice = switch (fault.reason()) {
            case REAUTHORISE ->
                fault.text().equals(AmoApi.GONE)
                        ? "ask somebody who uses the account for its address, and write it into baseUrl"
                        : settings.oauth().isPresent()
                                ? "connect the integration again, at the address below"
                                : "make a new long-lived token in the integration and put it into token";
            case RATE_LIMITED -> "wait a minute; other programs share the account's rate";
            case FORBIDDEN -> "the user who made the token needs the rights of an administrator";
            default -> "check baseUrl, the network and the account";
        };
        return Finding.fail(String.valueOf(fault.asException().getMessage()), where(), advice);
    }

    private void connect(String state, List<Finding> all) {
        settings.oauth().ifPresent(app -> {
            String host = settings.base().getHost().endsWith("kommo.com") ? "www.kommo.com" : "www.amocrm.ru";
            all.add(Finding.warn(
                    "the integration can be connected at https://" + host + "/oauth?client_id="
                            + URLEncoder.encode(app.clientId(), StandardCharsets.UTF_8) + "&state=" + state
                            + "&mode=popup",
                    "oauth",
                    "open it as an administrator; its redirect address must be the webhook of this account"));
        });
    }

    private void moved(List<Finding> all) {
        if (!Hosts.same(access.pages(), settings.base())) {
            all.add(Finding.warn(
                    "the account lives at " + where() + " now", "baseUrl", "change it; until then both are used"));
        }
    }

    private void token(List<Finding> all) {
        Optional<Instant> end = settings.token().flatMap(Jwt::end);
        if (end.isPresent()) {
            boolean soon = end.get().isBefore(clock.instant().plus(SOON));
            all.add(
                    soon
                            ? Finding.warn("the token ends at " + end.get(), "token", "make a new one in time")
                            : Finding.ok("the token lives until " + end.get(), "token"));
        }
        settings.oauth().flatMap(AmoCrmSettings.Oauth::redirectUri).ifPresent(uri -> {
            if (!uri.startsWith("https://")) {
                all.add(Finding.warn(
                        "the redirect address is not https", "oauth.redirectUri", "amoCRM asks for https"));
            }
        });
    }

    private void unsorted(JsonNode account, List<Finding> all) {
        JsonNode on = account.path("is_unsorted_on");
        boolean off = on.isBoolean() && !on.asBoolean();
        boolean wanted = settings.customers().unknown().equals("unsorted")
                || settings.calls().unmatched().equals("unsorted")
                || settings.tickets().kind().equals("unsorted");
        if (off && wanted) {
            all.add(Finding.fail(
                    "incoming leads are switched off in the account",
                    "unknown",
                    "switch them on, or set lead or contact"));
        }
        if (account.path("is_api_filter_enabled").isBoolean()
                && !account.path("is_api_filter_enabled").asBoolean()) {
            all.add(Finding.warn(
                    "the account ignores filters of the API: changes cost more requests",
                    where(),
                    "ask its support to switch them on"));
        }
    }

    private void users(List<Finding> all) {
        List<AgentSource.User> users;
        try {
            users = new AmoUsers(api).users();
        } catch (ConnectorException e) {
            all.add(Finding.warn(
                    "users cannot be read: " + e.getMessage(), where(), "let an administrator make the token"));
            return;
        }
        all.add(Finding.ok(users.size() + " users can be read", where()));
        Set<String> active = new HashSet<>();
        users.stream().filter(AgentSource.User::active).forEach(user -> active.add(user.id()));
        Map<String, String> named = new HashMap<>();
        settings.calls().responsible().ifPresent(user -> named.put("responsible", user));
        settings.tickets().place().responsible().ifPresent(user -> named.put("ticket.responsible", user));
        settings.tickets()
                .departments()
                .forEach((name, place) -> place.responsible()
                        .ifPresent(user -> named.put("ticket.departments." + name + ".responsible", user)));
        settings.events().users().forEach((extension, user) -> named.put("widget.users." + extension, user));
        named.forEach((key, user) -> {
            if (!active.contains(user)) {
                all.add(Finding.fail("user " + user + " is not an active user", key, "set it to an active user"));
            }
        });
        if (settings.calls().responsible().isEmpty()) {
            all.add(Finding.warn(
                    "calls that nobody answered belong to the user who made the token",
                    "responsible",
                    "set it to the number of a user"));
        }
    }

    private void places(List<Finding> all) {
        Map<String, TicketSettings.Place> places = new HashMap<>();
        places.put("ticket", settings.tickets().place());
        settings.tickets().departments().forEach((name, place) -> places.put("ticket.departments." + name, place));
        AmoCrmSettings.Customers leads = settings.customers();
        places.put("lead", new TicketSettings.Place(leads.pipeline(), leads.status(), Optional.empty()));
        places.put("unsorted", new TicketSettings.Place(leads.unsortedPipeline(), Optional.empty(), Optional.empty()));
        places.values()
                .removeIf(place -> place.pipeline().isEmpty() && place.status().isEmpty());
        if (places.isEmpty()) {
            return;
        }
        Reply reply = api.get(Traffic.SYNC, "api/v4/leads/pipelines");
        if (reply.fault() != null) {
            all.add(Finding.warn("pipelines cannot be read: " + reply.fault().text(), where(), "see the lines above"));
            return;
        }
        Map<Long, Set<Long>> statuses = new HashMap<>();
        for (JsonNode pipeline : reply.list("pipelines")) {
            Set<Long> its = statuses.computeIfAbsent(pipeline.path("id").asLong(), id -> new HashSet<>());
            pipeline.path("_embedded")
                    .path("statuses")
                    .forEach(one -> its.add(one.path("id").asLong()));
        }
        places.forEach((key, place) -> place(key, place, statuses, all));
    }

    private static void place(
            String key, TicketSettings.Place place, Map<Long, Set<Long>> statuses, List<Finding> all) {
        Optional<Long> pipeline = place.pipeline();
        if (pipeline.isPresent() && !statuses.containsKey(pipeline.get())) {
            all.add(Finding.fail(
                    "there is no pipeline " + pipeline.get(), key + ".pipeline", "use one of " + statuses.keySet()));
            return;
        }
        Set<Long> its = new HashSet<>();
        statuses.forEach((id, some) -> {
            if (pipeline.isEmpty() || pipeline.get().equals(id)) {
                its.addAll(some);
            }
        });
        if (place.status().isPresent() && !its.contains(place.status().get())) {
            all.add(Finding.fail(
                    "there is no such stage: " + place.status().get(), key + ".status", "use one of " + its));
        } else {
            all.add(Finding.ok("the pipeline and its stage exist", key));
        }
    }

    private void told(List<Finding> all) {
        if (subscription.isEmpty()) {
            all.add(Finding.warn(
                    "the account does not tell of changes; they are asked for instead",
                    "http.publicUrl",
                    "set it to an address that amoCRM reaches"));
            return;
        }
        try {
            all.add(
                    subscription.get().isThere()
                            ? Finding.ok("the account tells of changes", "webhooks")
                            : Finding.warn(
                                    "the account does not tell of changes yet",
                                    "webhooks",
                                    "they are asked for while the server runs; the plan must include webhooks"));
        } catch (ConnectorException e) {
            all.add(Finding.warn(
                    "webhooks cannot be read: " + e.getMessage(), "webhooks", "an administrator must make the token"));
        }
    }

    private void recordings(List<Finding> all) {
        if (settings.calls().recordingUrl().isEmpty()) {
            all.add(Finding.ok("recordings are linked when the PBX gives an address of them", "recordingUrl"));
        }
    }

    private void widget(List<Finding> all) {
        if (settings.events().secret().isEmpty()) {
            all.add(Finding.ok("clicks on numbers are not taken: there is no widget.secret", "widget.secret"));
        }
    }

    private String where() {
        return String.valueOf(access.pages().getHost());
    }
}
