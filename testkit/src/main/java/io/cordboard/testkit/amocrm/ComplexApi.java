// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.SandboxReply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A lead with its contact and its company in one request; the answer is a bare array. */
final class ComplexApi {
    private static final int MOST = 50;

    private final Account account;
    private final CardWriter writer;
    private final UnsortedApi unsorted;

    ComplexApi(Account account, CardWriter writer, UnsortedApi unsorted) {
        this.account = account;
        this.writer = writer;
        this.unsorted = unsorted;
    }

    private static Shape shape() {
        Shape metadata = UnsortedApi.SIP
                .and(Shape.of(
                        "category",
                        Shape.choice("sip", "forms"),
                        "source_uid",
                        Shape.TEXT,
                        "source_name",
                        Shape.TEXT,
                        "service_code",
                        Shape.TEXT))
                .requiring("category");
        Shape source = Shape.of("type", Shape.TEXT, "external_id", Shape.TEXT_OR_INT);
        Shape embedded = Shape.of(
                "contacts",
                Shape.listOf(CardWriter.inside(Kind.CONTACTS)),
                "companies",
                Shape.listOf(CardWriter.inside(Kind.COMPANIES)),
                "tags",
                Shape.listOf(CardWriter.TAG),
                "metadata",
                Shape.object(metadata),
                "source",
                Shape.object(source));
        return CardWriter.nested(Kind.LEADS).and(Shape.of("_embedded", Shape.object(embedded)));
    }

    SandboxReply add(Ask ask) {
        List<Map<String, Object>> added = new ArrayList<>();
        List<Body.Item> items = Body.items(ask.http(), shape().then(this::contradictions));
        if (items.size() > MOST) {
            throw AmoError.of(400, "No more than " + MOST + " leads in one request");
        }
        for (Body.Item item : items) {
            added.add(add(item, ask.user()));
        }
        return Hal.ok(account.does("complexHal") ? Hal.listing(ask, "leads", added) : added);
    }

    private List<Map<String, Object>> contradictions(Body.Item item) {
        Map<String, Object> lead = new LinkedHashMap<>(item.members());
        lead.remove("_embedded");
        List<Map<String, Object>> wrong = new ArrayList<>(writer.contradictions(Kind.LEADS, lead, false));
        for (Kind kind : List.of(Kind.CONTACTS, Kind.COMPANIES)) {
            List<Map<String, Object>> cards = Body.maps(item.map("_embedded").get(kind.path()));
            if (cards.size() > 1) {
                wrong.add(Shape.problem("FieldNotExpected", "_embedded." + kind.path() + ".1"));
            }
            for (int i = 0; i < cards.size(); i++) {
                String path = "_embedded." + kind.path() + "." + i + ".";
                writer.contradictions(kind, cards.get(i), true)
                        .forEach(problem -> wrong.add(
                                Shape.problem(String.valueOf(problem.get("code")), path + problem.get("path"))));
            }
        }
        return wrong;
    }

    private Map<String, Object> add(Body.Item item, int user) {
        Map<String, Object> embedded = new LinkedHashMap<>(item.map("_embedded"));
        Map<String, Object> metadata = Body.map(embedded.remove("metadata"));
        embedded.remove("source");
        if (!metadata.isEmpty()) {
            return incoming(item, embedded, metadata, user);
        }
        Optional<Card> known = account.does("duplicateControl") ? sameNumber(embedded) : Optional.empty();
        Optional<Card> open =
                known.flatMap(card -> account.activeLeads(card).stream().findFirst());
        if (open.isPresent()) {
            return view(open.get(), item, true);
        }
        Map<String, Object> own = new LinkedHashMap<>(item.members());
        own.put("_embedded", embedded.containsKey("tags") ? Map.of("tags", embedded.get("tags")) : Map.of());
        Card lead = writer.add(Kind.LEADS, new Body.Item(item.requestId(), own), user);
        for (Kind kind : List.of(Kind.CONTACTS, Kind.COMPANIES)) {
            for (Map<String, Object> one : Body.maps(embedded.get(kind.path()))) {
                Optional<Card> there = kind == Kind.CONTACTS ? known : Optional.empty();
                boolean found = there.isPresent();
                Card card = there.orElseGet(() -> writer.addOrFind(kind, new Body.Item("", one), user, false));
                account.link(lead, card, kind == Kind.CONTACTS);
                account.hooks().card(found || one.containsKey("id") ? "update" : "add", card);
            }
        }
        account.hooks().card("add", lead);
        return view(lead, item, known.isPresent());
    }

    private Map<String, Object> incoming(
            Body.Item item, Map<String, Object> embedded, Map<String, Object> metadata, int user) {
        Map<String, Object> lead = new LinkedHashMap<>(item.members());
        lead.put("_embedded", Map.of());
        embedded.put("leads", List.of(lead));
        Map<String, Object> members = new LinkedHashMap<>();
        Map<String, Object> about = new LinkedHashMap<>(metadata);
        String category = String.valueOf(about.remove("category"));
        members.put("source_uid", about.getOrDefault("source_uid", ""));
        members.put("source_name", about.getOrDefault("source_name", ""));
        members.put("metadata", about);
        members.put("_embedded", embedded);
        if (item.has("pipeline_id")) {
            members.put("pipeline_id", item.members().get("pipeline_id"));
        }
        Unsorted one = unsorted.create(category, new Body.Item(item.requestId(), members), user);
        return view(one.cards().get(0), item, false);
    }

    private Optional<Card> sameNumber(Map<String, Object> embedded) {
        for (Map<String, Object> contact : Body.maps(embedded.get("contacts"))) {
            for (Map<String, Object> field : Body.maps(contact.get("custom_fields_values"))) {
                for (Map<String, Object> value : Body.maps(field.get("values"))) {
                    Optional<Card> card = account.phones().find(String.valueOf(value.get("value")), false);
                    if ("PHONE".equals(field.get("field_code"))
                            && card.filter(one -> one.kind() == Kind.CONTACTS).isPresent()) {
                        return card;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Map<String, Object> view(Card lead, Body.Item item, boolean merged) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", lead.id());
        view.put("contact_id", lead.linked(Kind.CONTACTS).stream().findFirst().orElse(null));
        view.put("company_id", lead.linked(Kind.COMPANIES).stream().findFirst().orElse(null));
        view.put("request_id", List.of(item.requestId()));
        view.put("merged", merged);
        return view;
    }
}
