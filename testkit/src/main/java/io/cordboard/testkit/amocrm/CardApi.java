// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.SandboxReply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Leads, contacts, companies and customers: lists, search, additions, changes, links. */
final class CardApi {
    private final Account account;
    private final CardWriter writer;

    CardApi(Account account) {
        this.account = account;
        this.writer = new CardWriter(account);
    }

    CardWriter writer() {
        return writer;
    }

    SandboxReply list(Kind kind, Ask ask) {
        // Who waits to be accepted is found by nobody who searches, and told to whoever names them.
        boolean named = !ask.filter("id").isEmpty();
        Predicate<Card> wanted = card -> named || !card.hidden() || kind == Kind.LEADS;
        wanted = wanted.and(query(ask.text("query")));
        if (!account.does("filtersIgnored")) {
            wanted = wanted.and(filter(ask));
        }
        Collection<Card> cards = byId(kind, ask);
        List<Card> found = new ArrayList<>(cards.stream().filter(wanted).toList());
        order(found, ask);
        return Hal.page(account, ask, kind.path(), found, card -> Views.card(account, card, ask.with(), ask.base()));
    }

    /** Only those with the wanted numbers, when numbers are wanted: a full list is long. */
    private Collection<Card> byId(Kind kind, Ask ask) {
        List<String> ids = ask.filter("id");
        if (ids.isEmpty() || account.does("filtersIgnored")) {
            return account.cards(kind).values();
        }
        return ids.stream()
                .distinct()
                .flatMap(id -> account.card(kind, number(id)).stream())
                .sorted(Comparator.comparingInt(Card::id))
                .toList();
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Predicate<Card> filter(Ask ask) {
        Predicate<Card> wanted = Sieve.between(ask, "updated_at", card -> card.time("updated_at"));
        wanted = wanted.and(Sieve.between(ask, "created_at", card -> card.time("created_at")))
                .and(Sieve.between(ask, "closed_at", card -> card.time("closed_at")))
                .and(Sieve.statuses(ask))
                .and(Sieve.custom(ask));
        for (String name : List.of("name", "responsible_user_id", "created_by", "updated_by", "pipeline_id", "price")) {
            wanted = wanted.and(Sieve.oneOf(ask, name, card -> card.fields().get(name)));
        }
        return wanted;
    }

    /** A text anywhere in the card; a number is found only as it was typed. */
    private Predicate<Card> query(String text) {
        if (text.isBlank()) {
            return card -> true;
        }
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        boolean loose = account.does("looseQuery") && PhoneIndex.digits(wanted).length() > 5;
        String digits = PhoneIndex.digits(wanted);
        return card -> texts(card).stream()
                        .anyMatch(one -> one.toLowerCase(Locale.ROOT).contains(wanted))
                || (loose
                        && card.phones().stream()
                                .anyMatch(phone -> PhoneIndex.digits(phone).contains(digits)));
    }

    private List<String> texts(Card card) {
        List<String> texts = new ArrayList<>(List.of(card.text("name")));
        card.custom()
                .forEach(field ->
                        Body.maps(field.get("values")).forEach(value -> texts.add(String.valueOf(value.get("value")))));
        if (card.kind() == Kind.LEADS) { // a lead has no number; its contacts have
            card.linked(Kind.CONTACTS)
                    .forEach(id -> account.card(Kind.CONTACTS, id).ifPresent(contact -> texts.addAll(texts(contact))));
        }
        return texts;
    }

    private static void order(List<Card> cards, Ask ask) {
        Map.Entry<String, String> order = ask.order("id");
        Comparator<Card> by = Comparator.comparingLong(card -> card.time(order.getKey()));
        by = order.getValue().equalsIgnoreCase("desc") ? by.reversed() : by;
        cards.sort(by.thenComparingInt(Card::id));
    }

    SandboxReply one(Kind kind, int id, Ask ask) {
        return account.card(kind, id)
                .map(card -> Hal.ok(Views.card(account, card, ask.with(), ask.base())))
                .orElse(Hal.nothing());
    }

    SandboxReply add(Kind kind, Ask ask) {
        List<Map<String, Object>> added = new ArrayList<>();
        for (Body.Item item : Body.items(ask.http(), writer.check(kind))) {
            Card card = writer.add(kind, item, ask.user());
            account.hooks().card("add", card);
            added.add(
                    Views.added(card.id(), item.requestId(), ask.base() + "/api/v4/" + kind.path() + "/" + card.id()));
        }
        return Hal.of(account.does("created201") ? 201 : 200, Hal.listing(ask, kind.path(), added));
    }

    SandboxReply change(Kind kind, Ask ask) {
        List<Map<String, Object>> changed = new ArrayList<>();
        for (Body.Item item : Body.items(ask.http(), writer.changes(kind))) {
            changed.add(changed(writer.change(kind, item.number("id", 0), item, ask.user()), item, ask));
        }
        return Hal.ok(Hal.listing(ask, kind.path(), changed));
    }

    SandboxReply changeOne(Kind kind, int id, Ask ask) {
        if (account.card(kind, id).isEmpty()) {
            throw AmoError.of(404, "Entity not found");
        }
        Body.Item item = Body.one(ask.http(), writer.changeOfOne(kind));
        return Hal.ok(changed(writer.change(kind, id, item, ask.user()), item, ask));
    }

    private static Map<String, Object> changed(Card card, Body.Item item, Ask ask) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", card.id());
        view.put("name", card.text("name"));
        view.put("updated_at", card.time("updated_at"));
        view.put("request_id", item.requestId());
        view.put("_links", Views.self(card, ask.base()));
        return view;
    }

    SandboxReply links(Kind kind, int id, Ask ask) {
        List<Map<String, Object>> links = new ArrayList<>();
        account.card(kind, id).ifPresent(card -> {
            for (Kind other : Kind.values()) {
                card.links(other).forEach((to, main) -> links.add(link(other, to, main)));
            }
        });
        return links.isEmpty() ? Hal.nothing() : Hal.ok(Hal.listing(ask, "links", links));
    }

    private static Map<String, Object> link(Kind other, int to, boolean main) {
        Map<String, Object> link = new LinkedHashMap<>();
        link.put("to_entity_id", to);
        link.put("to_entity_type", other.path());
        link.put("metadata", other == Kind.CONTACTS ? Map.of("main_contact", main) : null);
        return link;
    }

    SandboxReply link(Kind kind, int id, Ask ask, boolean linked) {
        Shape shape = Shape.of(
                        "to_entity_id",
                        Shape.INT,
                        "to_entity_type",
                        Shape.choice("leads", "contacts", "companies", "customers"),
                        "metadata",
                        Shape.ANY)
                .requiring("to_entity_id", "to_entity_type");
        Card card = account.card(kind, id).orElseThrow(() -> AmoError.of(404, "Entity not found"));
        List<Map<String, Object>> views = new ArrayList<>();
        for (Body.Item item : Body.items(ask.http(), shape)) {
            Kind other = Kind.of(item.text("to_entity_type")).orElseThrow();
            Card target = account.card(other, item.number("to_entity_id", 0))
                    .orElseThrow(() -> AmoError.of(400, "Entity to link not found"));
            boolean main = Boolean.TRUE.equals(item.map("metadata").get("is_main"));
            if (linked) {
                account.link(card, target, main);
            } else {
                account.unlink(card, target);
            }
            views.add(link(other, target.id(), main));
        }
        return linked ? Hal.ok(Hal.listing(ask, "links", views)) : Hal.nothing();
    }
}
