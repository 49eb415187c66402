// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.Faults;
import io.cordboard.testkit.SandboxOptions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that the account holds. Guarded by the sandbox's lock. */
final class Account {
    static final int ID = 31_005_501;
    static final String SUBDOMAIN = "example";

    private final SandboxOptions options;
    private final Faults faults;
    private final Hooks hooks;
    private final Map<Integer, User> users = new TreeMap<>();
    private final Map<Kind, NavigableMap<Integer, Card>> cards = new EnumMap<>(Kind.class);
    private final NavigableMap<Integer, Note> notes = new TreeMap<>();
    private final NavigableMap<Integer, Map<String, Object>> tasks = new TreeMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Map<String, Object>> popUps = new ArrayList<>();
    private final Map<String, Unsorted> unsorted = new LinkedHashMap<>();
    private final Pipelines pipelines = new Pipelines();
    private final PhoneIndex phones = new PhoneIndex();
    private final Map<String, Integer> asked = new TreeMap<>();
    private final Random random;
    private int lastId = 10_000_000;

    Account(SandboxOptions options, Faults faults, Hooks hooks) {
        this.options = options;
        this.faults = faults;
        this.hooks = hooks;
        this.random = new Random(options.seed() * 31 + 7);
        for (Kind kind : Kind.values()) {
            cards.put(kind, new TreeMap<>());
        }
        Residents.settle(this, options);
    }

    Clock clock() {
        return options.clock();
    }

    long now() {
        return options.clock().instant().getEpochSecond();
    }

    SandboxOptions options() {
        return options;
    }

    /** Whether one of the vendor's undocumented ways is switched on. */
    boolean does(String fault) {
        return faults.strikes(fault, Set.of());
    }

    Hooks hooks() {
        return hooks;
    }

    Map<Integer, User> users() {
        return users;
    }

    boolean works(int user) {
        User found = users.get(user);
        return found != null && found.active();
    }

    NavigableMap<Integer, Card> cards(Kind kind) {
        return cards.getOrDefault(kind, new TreeMap<>());
    }

    Optional<Card> card(Kind kind, int id) {
        return Optional.ofNullable(cards(kind).get(id));
    }

    NavigableMap<Integer, Note> notes() {
        return notes;
    }

    NavigableMap<Integer, Map<String, Object>> tasks() {
        return tasks;
    }

    List<Event> events() {
        return events;
    }

    List<Map<String, Object>> popUps() {
        return popUps;
    }

    Map<String, Unsorted> unsorted() {
        return unsorted;
    }

    Pipelines pipelines() {
        return pipelines;
    }

    PhoneIndex phones() {
        return phones;
    }

    Map<String, Integer> asked() {
        return asked;
    }

    int nextId() {
        lastId += 2;
        return lastId;
    }

    String hex(int length) {
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append(Integer.toHexString(random.nextInt(16)));
        }
        return text.toString();
    }

    /** A new card, with what every card has. */
    Card create(Kind kind, String name, int user) {
        Card card = new Card(kind, nextId());
        Map<String, @Nullable Object> fields = card.fields();
        fields.put("id", card.id());
        fields.put("name", name);
        fields.put("responsible_user_id", user);
        fields.put("group_id", 0);
        fields.put("created_by", user);
        fields.put("updated_by", user);
        fields.put("created_at", now());
        fields.put("updated_at", now());
        cards(kind).put(card.id(), card);
        return card;
    }

    /** Gives a card other values of its own fields, and remembers its numbers. */
    void custom(Card card, List<Map<String, Object>> values) {
        phones.remove(card);
        card.fields().put("custom_fields_values", values.isEmpty() ? null : values);
        phones.add(card);
    }

    void link(Card one, Card other, boolean main) {
        one.links(other.kind()).put(other.id(), main);
        other.links(one.kind()).put(one.id(), main);
    }

    void unlink(Card one, Card other) {
        one.links(other.kind()).remove(other.id());
        other.links(one.kind()).remove(one.id());
    }

    void remove(Card card) {
        phones.remove(card);
        cards(card.kind()).remove(card.id());
        for (Kind other : Kind.values()) {
            for (int id : List.copyOf(card.linked(other))) {
                card(other, id).ifPresent(linked -> unlink(card, linked));
            }
        }
        hooks.card("delete", card);
    }

    /** The leads of a card that are neither closed nor among the incoming ones. */
    List<Card> activeLeads(Card card) {
        return card.linked(Kind.LEADS).stream()
                .map(cards(Kind.LEADS)::get)
                .filter(lead -> lead != null && !lead.hidden() && !Pipelines.closed(lead.number("status_id")))
                .toList();
    }

    /** The card that a call with a number belongs to, as the account chooses it. */
    Optional<Card> forCall(String number) {
        return phones.find(number, does("callsFindHidden")).map(card -> {
            List<Card> leads = activeLeads(card);
            List<Integer> customers = List.copyOf(card.linked(Kind.CUSTOMERS));
            if (leads.size() == 1 && customers.isEmpty()) {
                return leads.get(0);
            }
            if (leads.isEmpty() && customers.size() == 1) {
                return card(Kind.CUSTOMERS, customers.get(0)).orElse(card);
            }
            return card;
        });
    }
}
