// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.Faults;
import io.cordboard.testkit.SandboxOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The account and everything around it, made anew by a reset. Guarded by its own monitor. */
final class World {
    private final SandboxOptions options;
    private final Faults faults;
    private final Hooks hooks;
    private Account account;
    private Doorman doorman;
    private Limits limits;
    private Routes routes;
    private URI url = URI.create("http://127.0.0.1");

    World(SandboxOptions options, Faults faults, Hooks hooks) {
        this.options = options;
        this.faults = faults;
        this.hooks = hooks;
        this.account = new Account(options, faults, hooks);
        this.doorman = new Doorman(options.clock(), options.seed());
        this.limits = new Limits(options.clock(), options.limits());
        this.routes = new Routes(account);
    }

    void begin() {
        hooks.reset();
        account = new Account(options, faults, hooks);
        doorman = new Doorman(options.clock(), options.seed());
        limits = new Limits(options.clock(), options.limits());
        routes = new Routes(account);
        at(url);
    }

    void at(URI here) {
        url = here;
        doorman.at(here.getAuthority());
        hooks.at(here);
    }

    URI url() {
        return url;
    }

    Account account() {
        return account;
    }

    Doorman doorman() {
        return doorman;
    }

    Limits limits() {
        return limits;
    }

    Routes routes() {
        return routes;
    }

    Faults faults() {
        return faults;
    }

    Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("vendor", "amocrm");
        List<Map<String, Object>> notes = notes();
        state.put(
                "calls",
                notes.stream()
                        .filter(note -> String.valueOf(note.get("note_type")).startsWith("call_"))
                        .toList());
        state.put(
                "notes",
                notes.stream()
                        .filter(note -> !String.valueOf(note.get("note_type")).startsWith("call_"))
                        .toList());
        state.put("contacts", account.cards(Kind.CONTACTS).size());
        state.put("companies", account.cards(Kind.COMPANIES).size());
        state.put("leads", cards(Kind.LEADS, Integer.MAX_VALUE));
        state.put("customers", cards(Kind.CUSTOMERS, Integer.MAX_VALUE));
        state.put("sample", cards(Kind.CONTACTS, 20));
        state.put("tasks", List.copyOf(account.tasks().values()));
        state.put("popUps", List.copyOf(account.popUps()));
        state.put("unsorted", unsorted());
        state.put("events", account.events().size());
        state.put("webhooks", hooks.all().stream().map(Subscription::view).toList());
        state.put("told", hooks.emitted());
        state.put("users", List.copyOf(account.users().values()));
        state.put("methods", new TreeMap<>(account.asked()));
        state.put("refusedByLimits", limits.refused());
        state.put("blocked", limits.blocked());
        state.put("tokens", doorman.state());
        return state;
    }

    List<Map<String, Object>> notes() {
        List<Map<String, Object>> notes = new ArrayList<>();
        for (Note note : account.notes().values()) {
            Map<String, Object> row = new LinkedHashMap<>(note.fields());
            row.put("entity_type", note.kind().path());
            notes.add(row);
        }
        return notes;
    }

    private List<Map<String, Object>> unsorted() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Unsorted one : account.unsorted().values()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("uid", one.uid());
            row.putAll(one.fields());
            row.put("decision", one.waits() ? "" : one.decision());
            row.put(
                    "cards",
                    one.cards().stream()
                            .map(card -> card.kind().singular() + " " + card.id())
                            .toList());
            rows.add(row);
        }
        return rows;
    }

    List<Map<String, Object>> cards(Kind kind, int most) {
        return account.cards(kind).values().stream()
                .limit(most)
                .map(card -> row(card))
                .toList();
    }

    private static Map<String, Object> row(Card card) {
        Map<String, Object> row = new LinkedHashMap<>(card.fields());
        row.remove("custom_fields_values");
        if (!card.phones().isEmpty()) {
            row.put("phones", card.phones());
        }
        row.put("hidden", card.hidden());
        for (Kind other : Kind.values()) {
            if (!card.linked(other).isEmpty()) {
                row.put(other.path(), List.copyOf(card.linked(other)));
            }
        }
        row.put("tags", card.tags().stream().map(tag -> tag.get("name")).toList());
        return row;
    }
}
