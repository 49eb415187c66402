// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import io.cordboard.testkit.Form;
import io.cordboard.testkit.Poster;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Tells those who listen, once each, in form-encoded requests; nobody is told again. Safe for use by many threads. */
final class Events {
    static final Set<String> KNOWN = known();

    private static final int REMEMBERED = 1000;

    private final Poster poster;
    private final Clock clock;
    private final List<Binding> bindings = new ArrayList<>();
    private final List<Map<String, Object>> emitted = new ArrayList<>();
    private final Map<String, Map<String, Object>> offline = new LinkedHashMap<>();
    private final Object lock = new Object();
    private Identity identity = new Identity("", "", "", user -> Map.of());
    private int handlers;
    private int queued;

    Events(Poster poster, Clock clock) {
        this.poster = poster;
        this.clock = clock;
    }

    void identity(Identity who) {
        synchronized (lock) {
            identity = who;
        }
    }

    void reset() {
        synchronized (lock) {
            bindings.clear();
            emitted.clear();
            offline.clear();
        }
    }

    /** Adds a handler, unless it is there; returns whether it is new. */
    boolean bind(String event, String handler, int user, Kind kind) {
        synchronized (lock) {
            boolean there = bindings.stream()
                    .anyMatch(b -> b.event.equals(event) && b.handler.equals(handler) && b.kind == kind);
            if (!there) {
                bindings.add(new Binding(1000 + ++handlers, event, handler, user, kind));
            }
            return !there;
        }
    }

    int unbind(String event, String handler) {
        synchronized (lock) {
            int before = bindings.size();
            bindings.removeIf(b -> b.kind != Kind.OUTGOING && b.event.equals(event) && b.handler.equals(handler));
            return before - bindings.size();
        }
    }

    List<Binding> bindings() {
        synchronized (lock) {
            return List.copyOf(bindings);
        }
    }

    List<Map<String, Object>> emitted() {
        synchronized (lock) {
            return List.copyOf(emitted);
        }
    }

    Map<String, Map<String, Object>> offlineQueue() {
        return offline;
    }

    void emit(String event, Map<String, Object> data) {
        synchronized (lock) {
            if (emitted.size() == REMEMBERED) {
                emitted.remove(0);
            }
            emitted.add(Map.of("event", event, "data", data));
            for (Binding binding : bindings) {
                if (binding.event.equals(event) && binding.kind == Kind.OFFLINE) {
                    queue(event, data);
                } else if (binding.event.equals(event) || binding.event.equals("*")) {
                    post(binding, event, data);
                }
            }
        }
    }

    private void queue(String event, Map<String, Object> data) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ID", Integer.toString(++queued));
        row.put("TIMESTAMP_X", Portal.iso(clock.instant()));
        row.put("EVENT_NAME", event);
        row.put("EVENT_DATA", data.isEmpty() ? false : data);
        row.put("EVENT_ADDITIONAL", false);
        row.put("MESSAGE_ID", Integer.toString(queued));
        String key = event + data; // only the newest of one object and event is kept
        offline.remove(key);
        offline.put(key, row);
    }

    private void post(Binding binding, String event, Map<String, Object> data) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event", event);
        body.put("event_handler_id", Integer.toString(binding.id));
        body.put("data", data);
        body.put("ts", Long.toString(clock.instant().getEpochSecond()));
        Map<String, Object> auth = new LinkedHashMap<>();
        if (binding.kind == Kind.ONLINE) {
            auth.putAll(identity.tokens.apply(binding.user));
        }
        auth.put("domain", identity.domain);
        auth.put("client_endpoint", identity.endpoint);
        auth.put("server_endpoint", identity.endpoint);
        auth.put("member_id", "a223c6b3710f85df22e9377d6c4f7553");
        auth.put("application_token", identity.applicationToken);
        body.put("auth", auth);
        poster.post(URI.create(binding.handler), "application/x-www-form-urlencoded", Form.write(body));
    }

    private static Set<String> known() {
        Set<String> names =
                List.of("LEAD", "DEAL", "CONTACT", "COMPANY", "ACTIVITY", "DYNAMICITEM", "TIMELINECOMMENT").stream()
                        .flatMap(name ->
                                List.of("ADD", "UPDATE", "DELETE").stream().map(what -> "ONCRM" + name + what))
                        .collect(Collectors.toSet());
        names.addAll(List.of(
                "ONEXTERNALCALLSTART",
                "ONEXTERNALCALLBACKSTART",
                "ONVOXIMPLANTCALLINIT",
                "ONVOXIMPLANTCALLSTART",
                "ONVOXIMPLANTCALLEND",
                "ONAPPINSTALL",
                "ONAPPUNINSTALL",
                "ONAPPUPDATE",
                "ONAPPTEST",
                "ONTASKADD",
                "ONTASKUPDATE",
                "ONTASKDELETE",
                "ONUSERADD",
                "ONOFFLINEEVENT"));
        return Set.copyOf(names);
    }

    static boolean knows(String event) {
        return KNOWN.contains(event.toUpperCase(Locale.ROOT).replaceFirst("_\\d+$", ""));
    }

    /** How somebody listens. */
    enum Kind {
        /** An application that is told at once. */
        ONLINE,
        /** An application that asks for its queue. */
        OFFLINE,
        /** An outgoing webhook, set up by hand. */
        OUTGOING
    }

    /** Who listens to what. */
    record Binding(int id, String event, String handler, int user, Kind kind) {}

    /** As whom the portal speaks. */
    record Identity(String domain, String endpoint, String applicationToken, IntFunction<Map<String, Object>> tokens) {}
}
