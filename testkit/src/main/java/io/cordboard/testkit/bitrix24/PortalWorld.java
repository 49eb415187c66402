// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import io.cordboard.testkit.Faults;
import io.cordboard.testkit.SandboxOptions;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The portal and everything around it, made anew by a reset. Guarded by its own monitor. */
final class PortalWorld {
    private final SandboxOptions options;
    private final Faults faults;
    private final Events events;
    private final String secret;
    private final String applicationToken;
    private Portal portal;
    private TokenDesk tokens;
    private Limits limits;
    private Archive archive;
    private Map<String, RestMethod> methods;
    private URI url = URI.create("http://127.0.0.1");

    PortalWorld(SandboxOptions options, Faults faults, Events events) {
        this.options = options;
        this.faults = faults;
        this.events = events;
        Random random = new Random(options.seed() * 101 + 11);
        this.secret = Long.toUnsignedString(random.nextLong(), 36);
        this.applicationToken = Long.toUnsignedString(random.nextLong(), 36) + "0token";
        this.portal = new Portal(options, faults, events);
        this.tokens = new TokenDesk(options.clock(), options.seed());
        this.limits = new Limits(options.clock(), options.limits());
        this.archive = new Archive(portal);
        this.methods = methods(portal, archive);
    }

    void begin() {
        events.reset();
        portal = new Portal(options, faults, events);
        tokens = new TokenDesk(options.clock(), options.seed());
        limits = new Limits(options.clock(), options.limits());
        archive = new Archive(portal);
        methods = methods(portal, archive);
        at(url);
    }

    /** Everything learns where it can be reached. */
    void at(URI here) {
        url = here;
        tokens.url(here);
        archive.endpoint(here);
        TokenDesk desk = tokens;
        events.identity(new Events.Identity(here.getAuthority(), here + "/rest/", applicationToken, desk::issue));
    }

    private static Map<String, RestMethod> methods(Portal portal, Archive archive) {
        Map<String, RestMethod> methods = new HashMap<>();
        List<Consumer<Map<String, RestMethod>>> groups = List.of(
                new Telephony(portal)::into,
                archive::into,
                new Statistics(portal)::into,
                new Search(portal)::into,
                new Crm(portal)::into,
                new CrmItems(portal)::into,
                new Activities(portal)::into,
                new Staff(portal)::into,
                new EventMethods(portal)::into);
        groups.forEach(group -> group.accept(methods));
        return Map.copyOf(methods);
    }

    Portal portal() {
        return portal;
    }

    TokenDesk tokens() {
        return tokens;
    }

    Limits limits() {
        return limits;
    }

    Archive archive() {
        return archive;
    }

    Faults faults() {
        return faults;
    }

    Map<String, RestMethod> methods() {
        return methods;
    }

    String secret() {
        return secret;
    }

    String applicationToken() {
        return applicationToken;
    }

    URI url() {
        return url;
    }

    void outgoing(URI handler, List<Object> names) {
        List<String> wanted = names.isEmpty()
                ? List.of("*")
                : names.stream().map(Params::textOf).toList();
        wanted.forEach(name -> events.bind(name.toUpperCase(Locale.ROOT), handler.toString(), 0, Events.Kind.OUTGOING));
    }

    void limits(Params p) {
        if (p.has("perSecond")) {
            limits.rate(
                    Double.parseDouble(p.text("perSecond")), p.number("burst").orElse(50));
        } else {
            limits.off();
        }
    }

    /** A user clicks a number: the portal makes a call of it and tells the application. */
    String click(int user, String number, String line) {
        PortalCall.Registration registration = new PortalCall.Registration(number, 1, user, line, null, portal.now());
        PortalCall call = new PortalCall(portal.newCallId(), registration, portal.now());
        portal.phoneIndex().find(number).stream().findFirst().ifPresent(hit -> {
            call.entityType = Portal.NAMES.getOrDefault(hit.type(), "");
            call.entityId = hit.id();
        });
        portal.calls().put(call.id, call);
        call.show(user);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("PHONE_NUMBER", number);
        data.put("PHONE_NUMBER_INTERNATIONAL", "+" + PhoneIndex.normal(number));
        data.put("EXTENSION", "");
        data.put("USER_ID", Integer.toString(user));
        data.put("CALL_LIST_ID", "0");
        data.put("LINE_NUMBER", line);
        data.put("IS_MOBILE", "0");
        data.put("CALL_ID", call.id);
        data.put("CRM_ENTITY_TYPE", call.entityType.isEmpty() ? "LEAD" : call.entityType);
        data.put("CRM_ENTITY_ID", call.entityId == null ? "0" : Integer.toString(call.entityId));
        events.emit("ONEXTERNALCALLSTART", data);
        return call.id;
    }

    Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("vendor", "bitrix24");
        state.put(
                "calls", portal.calls().values().stream().map(PortalCall::state).toList());
        state.put("activities", rows(portal.activities()));
        state.put("contacts", portal.table(Portal.CONTACT).size());
        state.put("companies", portal.table(Portal.COMPANY).size());
        state.put("leads", rows(portal.table(Portal.LEAD)));
        state.put("deals", rows(portal.table(Portal.DEAL)));
        state.put("items", rows(portal.table(Portal.REQUEST)));
        state.put("tasks", rows(portal.tasks()));
        state.put("comments", rows(portal.comments()));
        state.put("users", List.copyOf(portal.users().values()));
        state.put(
                "sample",
                portal.table(Portal.CONTACT).all().stream()
                        .limit(20)
                        .map(PortalWorld::row)
                        .toList());
        state.put("lines", List.copyOf(portal.lines().values()));
        state.put("bindings", events.bindings());
        state.put("events", events.emitted());
        state.put("methods", new TreeMap<>(portal.asked()));
        state.put("refusedByLimits", limits.refused());
        state.put("tokenRefreshes", tokens.refreshes());
        state.put("refusedRefreshes", tokens.refused());
        return state;
    }

    static List<Map<String, Object>> rows(Table table) {
        return table.all().stream().map(PortalWorld::row).toList();
    }

    private static Map<String, Object> row(Item item) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ID", item.id());
        row.putAll(item.fields());
        if (!item.phones().isEmpty()) {
            row.put("PHONE", item.phones().stream().map(Item.Phone::value).toList());
        }
        return row;
    }
}
