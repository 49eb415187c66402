// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.SandboxReply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Incoming leads: what came by itself and waits until somebody accepts or declines it. */
final class UnsortedApi {
    static final Shape SIP = Shape.of(
                    "phone",
                    Shape.TEXT_OR_INT,
                    "call_responsible",
                    Shape.TEXT_OR_INT,
                    "called_at",
                    Shape.INT,
                    "duration",
                    Shape.INT,
                    "link",
                    Shape.TEXT,
                    "service_code",
                    Shape.TEXT,
                    "is_call_event_needed",
                    Shape.BOOL,
                    "uniq",
                    Shape.TEXT,
                    "from",
                    Shape.TEXT)
            .requiring("phone", "called_at");
    private static final Shape FORM = Shape.of(
            "form_id",
            Shape.TEXT,
            "form_name",
            Shape.TEXT,
            "form_page",
            Shape.TEXT,
            "ip",
            Shape.TEXT,
            "form_sent_at",
            Shape.INT,
            "referer",
            Shape.TEXT);
    private static final Shape DECISION = Shape.of("user_id", Shape.INT, "status_id", Shape.INT);

    private final Account account;
    private final CardWriter writer;
    private final NoteApi notes;

    UnsortedApi(Account account, CardWriter writer, NoteApi notes) {
        this.account = account;
        this.writer = writer;
        this.notes = notes;
    }

    private Shape shape(String category) {
        Shape metadata = category.equals("sip") ? SIP : FORM;
        if (category.equals("sip") && account.does("sipLinkRequired")) {
            metadata = metadata.requiring("phone", "called_at", "link");
        }
        Shape embedded = Shape.of(
                "leads",
                Shape.listOf(CardWriter.inside(Kind.LEADS)),
                "contacts",
                Shape.listOf(CardWriter.inside(Kind.CONTACTS)),
                "companies",
                Shape.listOf(CardWriter.inside(Kind.COMPANIES)));
        return Shape.of(
                        "source_uid",
                        Shape.LABEL,
                        "source_name",
                        Shape.LABEL,
                        "pipeline_id",
                        Shape.INT,
                        "created_at",
                        Shape.INT,
                        "metadata",
                        Shape.object(metadata),
                        "_embedded",
                        Shape.object(embedded),
                        "request_id",
                        Shape.TEXT_OR_INT)
                .requiring("source_uid", "source_name", "metadata");
    }

    SandboxReply add(String category, Ask ask) {
        if (account.does("unsortedOff")) {
            throw AmoError.of(400, "Unsorted is disabled in this account");
        }
        List<Map<String, Object>> added = new ArrayList<>();
        for (Body.Item item : Body.items(ask.http(), shape(category).then(this::contradictions))) {
            Unsorted one = create(category, item, ask.user());
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("uid", one.uid());
            view.put("account_id", Account.ID);
            view.put("request_id", item.requestId());
            view.put("_links", Ask.link(ask.base() + "/api/v4/leads/unsorted/" + one.uid()));
            view.put("_embedded", one.embedded(ask.base()));
            added.add(view);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("_total_items", added.size());
        body.putAll(Hal.listing(ask, "unsorted", added));
        return Hal.of(account.does("created201") ? 201 : 200, body);
    }

    private List<Map<String, Object>> contradictions(Body.Item item) {
        List<Map<String, Object>> wrong = new ArrayList<>();
        if (item.has("pipeline_id")
                && account.pipelines().find(item.number("pipeline_id", 0)).isEmpty()) {
            wrong.add(Shape.problem("NotSupportedChoice", "pipeline_id"));
        }
        Map<String, Object> embedded = item.map("_embedded");
        for (Kind kind : List.of(Kind.LEADS, Kind.CONTACTS, Kind.COMPANIES)) {
            List<Map<String, Object>> cards = Body.maps(embedded.get(kind.path()));
            for (int i = 0; i < cards.size(); i++) {
                String path = "_embedded." + kind.path() + "." + i + ".";
                writer.contradictions(kind, cards.get(i), true)
                        .forEach(problem -> wrong.add(
                                Shape.problem(String.valueOf(problem.get("code")), path + problem.get("path"))));
            }
        }
        if ((account.options().strict() || account.does("unsortedOnce")) && known(item)) {
            wrong.add(Shape.problem("NotUnique", "metadata.uniq"));
        }
        return wrong;
    }

    private boolean known(Body.Item item) {
        Object uniq = item.map("metadata").get("uniq");
        return uniq != null
                && account.unsorted().values().stream()
                        .anyMatch(one ->
                                item.text("source_uid").equals(one.fields().get("source_uid"))
                                        && uniq.equals(Body.map(one.fields().get("metadata"))
                                                .get("uniq")));
    }

    /** Also what {@code leads/complex} makes when it is told a category. */
    Unsorted create(String category, Body.Item item, int user) {
        Pipelines.Pipeline pipeline = account.pipelines()
                .find(item.number("pipeline_id", 0))
                .orElse(account.pipelines().main());
        Map<String, Object> embedded = item.map("_embedded");
        List<Map<String, Object>> leads = Body.maps(embedded.get("leads"));
        Card lead = writer.add(Kind.LEADS, new Body.Item("", leads.isEmpty() ? Map.of() : leads.get(0)), user);
        List<Card> cards = new ArrayList<>(List.of(lead));
        for (Kind kind : List.of(Kind.CONTACTS, Kind.COMPANIES)) {
            for (Map<String, Object> one : Body.maps(embedded.get(kind.path()))) {
                Card card = writer.addOrFind(kind, new Body.Item("", one), user, true);
                account.link(lead, card, cards.size() == 1);
                cards.add(card);
            }
        }
        return wait(category, item, cards, pipeline, user);
    }

    private Unsorted wait(String category, Body.Item item, List<Card> cards, Pipelines.Pipeline pipeline, int user) {
        Card lead = cards.get(0);
        lead.fields().put("pipeline_id", pipeline.id());
        lead.fields().put("status_id", pipeline.unsorted());
        lead.fields().put("closed_at", null);
        lead.hide(true);
        Map<String, Object> metadata = new LinkedHashMap<>(item.map("metadata"));
        Object wanted = metadata.remove("is_call_event_needed");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("source_uid", item.text("source_uid"));
        fields.put("source_name", item.text("source_name"));
        fields.put("category", category);
        fields.put("pipeline_id", pipeline.id());
        fields.put("created_at", item.time("created_at", account.now()));
        fields.put("metadata", metadata);
        fields.put("account_id", Account.ID);
        Unsorted one = new Unsorted(account.hex(37), fields, cards);
        account.unsorted().put(one.uid(), one);
        if (category.equals("sip") && Boolean.TRUE.equals(wanted)) {
            callNote(lead, metadata, user);
        }
        account.hooks().unsorted("add", one);
        return one;
    }

    private void callNote(Card lead, Map<String, Object> metadata, int user) {
        Map<String, Object> params = new LinkedHashMap<>();
        for (String name : List.of("uniq", "duration", "link", "call_responsible")) {
            if (metadata.containsKey(name)) {
                params.put(name, metadata.get(name));
            }
        }
        params.put("source", metadata.getOrDefault("service_code", ""));
        params.put("phone", String.valueOf(metadata.get("phone")));
        Map<String, Object> members = Map.of("note_type", "call_in", "params", params);
        notes.write(Kind.LEADS, lead.id(), new Body.Item("", members), user);
    }

    SandboxReply list(Ask ask) {
        Predicate<Unsorted> wanted = Unsorted::waits;
        for (String name : List.of("category", "pipeline_id")) {
            wanted = wanted.and(Sieve.oneOf(ask, name, one -> one.fields().get(name)));
        }
        wanted = wanted.and(Sieve.oneOf(ask, "uid", Unsorted::uid));
        List<Unsorted> found = new ArrayList<>(
                account.unsorted().values().stream().filter(wanted).toList());
        Comparator<Unsorted> by = Comparator.comparingLong(one ->
                Objects.requireNonNull((Number) one.fields().get("created_at")).longValue());
        found.sort(ask.order("created_at").getValue().equalsIgnoreCase("desc") ? by.reversed() : by);
        return Hal.page(account, ask, "unsorted", found, one -> view(one, ask.base()));
    }

    private static Map<String, Object> view(Unsorted one, String base) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("uid", one.uid());
        view.putAll(one.fields());
        view.put("_links", Ask.link(base + "/api/v4/leads/unsorted/" + one.uid()));
        view.put("_embedded", one.embedded(base));
        return view;
    }

    SandboxReply one(String uid, Ask ask) {
        Unsorted one = account.unsorted().get(uid);
        return one == null || !one.waits() ? Hal.nothing() : Hal.ok(view(one, ask.base()));
    }

    SandboxReply decide(String uid, boolean accepted, Ask ask) {
        Unsorted one = account.unsorted().get(uid);
        if (one == null || !one.waits()) {
            throw AmoError.of(404, "Unsorted not found");
        }
        Body.Item item = Body.maybe(ask.http(), DECISION);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("uid", uid);
        answer.put("pipeline_id", one.fields().get("pipeline_id"));
        answer.put("category", one.fields().get("category"));
        answer.put("created_at", one.fields().get("created_at"));
        answer.put("_embedded", one.embedded(ask.base()));
        if (accepted) {
            accept(one, item);
        } else {
            decline(one);
        }
        return Hal.ok(answer);
    }

    /** It becomes a lead like any other, and who was hidden can be seen. */
    private void accept(Unsorted one, Body.Item item) {
        one.decide("accepted");
        Card lead = one.cards().get(0);
        int first = account.pipelines()
                .find(lead.number("pipeline_id"))
                .orElse(account.pipelines().main())
                .first();
        lead.fields().put("status_id", item.number("status_id", first));
        if (item.has("user_id")) {
            lead.fields().put("responsible_user_id", item.number("user_id", 0));
        }
        for (Card card : one.cards()) {
            boolean wasHidden = card.hidden();
            card.hide(false);
            card.fields().put("updated_at", account.now());
            account.hooks().card(wasHidden ? "add" : "update", card);
        }
        account.hooks().unsorted("update", one);
    }

    private void decline(Unsorted one) {
        one.decide("declined");
        List.copyOf(one.cards()).stream().filter(Card::hidden).forEach(account::remove);
        account.hooks().unsorted("delete", one);
    }

    SandboxReply summary() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("total", account.unsorted().size());
        body.put("accepted", count("accepted"));
        body.put("declined", count("declined"));
        body.put("average_sort_time", 0);
        Map<String, Object> categories = new LinkedHashMap<>();
        for (String name : List.of("sip", "mail", "forms", "chats")) {
            long total = account.unsorted().values().stream()
                    .filter(one -> name.equals(one.fields().get("category")))
                    .count();
            categories.put(name, Map.of("total", total));
        }
        body.put("categories", categories);
        return Hal.ok(body);
    }

    private long count(String decision) {
        return account.unsorted().values().stream()
                .filter(one -> decision.equals(one.decision()))
                .count();
    }
}
