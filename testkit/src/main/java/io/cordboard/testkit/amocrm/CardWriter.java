// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Adds and changes cards; says what a body may hold. */
final class CardWriter {
    private static final Shape VALUE = Shape.of(
                    "value", Shape.ANY.orNull(), "enum_code", Shape.TEXT.orNull(), "enum_id", Shape.INT.orNull())
            .requiring("value");
    private static final Shape FIELD = Shape.of(
                    "field_id",
                    Shape.INT,
                    "field_code",
                    Shape.TEXT,
                    "field_name",
                    Shape.TEXT,
                    "field_type",
                    Shape.TEXT,
                    "values",
                    Shape.listOf(VALUE).orNull())
            .requiring("values");
    static final Shape TAG = Shape.of("id", Shape.INT, "name", Shape.TEXT, "color", Shape.TEXT.orNull());
    private static final Shape REF =
            Shape.of("id", Shape.INT, "is_main", Shape.BOOL).requiring("id");
    private static final Shape COMMON = Shape.of(
            "name",
            Shape.TEXT,
            "responsible_user_id",
            Shape.INT,
            "created_by",
            Shape.INT,
            "updated_by",
            Shape.INT,
            "created_at",
            Shape.INT,
            "updated_at",
            Shape.INT,
            "custom_fields_values",
            Shape.listOf(FIELD).orNull(),
            "tags_to_add",
            Shape.listOf(TAG),
            "tags_to_delete",
            Shape.listOf(TAG),
            "request_id",
            Shape.TEXT_OR_INT);
    private static final Shape.Rule EMBEDDED = Shape.object(Shape.of(
            "tags",
            Shape.listOf(TAG).orNull(),
            "contacts",
            Shape.listOf(REF),
            "companies",
            Shape.listOf(REF),
            "leads",
            Shape.listOf(REF),
            "customers",
            Shape.listOf(REF)));
    private static final Map<Kind, Shape> OWN = Map.of(
            Kind.CONTACTS,
            Shape.of("first_name", Shape.TEXT, "last_name", Shape.TEXT),
            Kind.COMPANIES,
            Shape.of(),
            Kind.LEADS,
            Shape.of(
                    "price",
                    Shape.INT.orNull(),
                    "status_id",
                    Shape.INT,
                    "pipeline_id",
                    Shape.INT,
                    "closed_at",
                    Shape.INT,
                    "loss_reason_id",
                    Shape.INT.orNull(),
                    "visitor_uid",
                    Shape.TEXT),
            Kind.CUSTOMERS,
            Shape.of("next_price", Shape.INT, "next_date", Shape.INT, "status_id", Shape.INT, "ltv", Shape.INT));
    private static final Shape READ_ONLY = Shape.of(
            "group_id",
            Shape.INT,
            "account_id",
            Shape.INT,
            "is_deleted",
            Shape.BOOL,
            "is_unsorted",
            Shape.BOOL,
            "closest_task_at",
            Shape.INT.orNull(),
            "closed_at",
            Shape.INT.orNull(),
            "score",
            Shape.INT.orNull());
    private static final List<String> PLAIN = List.of(
            "name",
            "first_name",
            "last_name",
            "responsible_user_id",
            "created_by",
            "created_at",
            "price",
            "loss_reason_id",
            "closed_at",
            "next_price",
            "next_date",
            "ltv");

    private final Account account;

    CardWriter(Account account) {
        this.account = account;
    }

    static Shape shape(Kind kind) {
        return COMMON.and(OWN.getOrDefault(kind, Shape.of())).and(Shape.of("_embedded", EMBEDDED));
    }

    /** The shape of a card without anything embedded, as it stands inside other bodies. */
    static Shape nested(Kind kind) {
        return COMMON.and(OWN.getOrDefault(kind, Shape.of())).and(Shape.of("id", Shape.INT));
    }

    /** The same, with tags and, for what exists, its number. */
    static Shape inside(Kind kind) {
        return nested(kind)
                .and(Shape.of("_embedded", Shape.object(Shape.of("tags", Shape.listOf(TAG))), "is_main", Shape.BOOL));
    }

    /** What an addition must be like. */
    Body.Check check(Kind kind) {
        return shape(kind).then(item -> contradictions(kind, item.members(), false));
    }

    /** What a change of many must be like; clients in the field send back what they read. */
    Body.Check changes(Kind kind) {
        Shape shape = change(kind).and(Shape.of("id", Shape.INT).requiring("id"));
        return shape.then(item -> contradictions(kind, item.members(), true));
    }

    /** What a change of one must be like, whose number is in the address. */
    Body.Check changeOfOne(Kind kind) {
        return change(kind).and(Shape.of("id", Shape.INT)).then(item -> contradictions(kind, item.members(), false));
    }

    private Shape change(Kind kind) {
        return account.options().strict() ? shape(kind) : shape(kind).and(READ_ONLY);
    }

    /** What is wrong with a body whose shape is right. */
    List<Map<String, Object>> contradictions(Kind kind, Map<String, Object> item, boolean withId) {
        List<Map<String, Object>> wrong = new ArrayList<>();
        for (String name : List.of("responsible_user_id", "created_by", "updated_by")) {
            if (item.get(name) instanceof Number user && user.intValue() != 0 && !account.works(user.intValue())) {
                wrong.add(Shape.problem("NotSupportedChoice", name));
            }
        }
        if (item.get("custom_fields_values") != null) {
            wrong.addAll(Fields.check(item.get("custom_fields_values")));
        }
        if (kind == Kind.LEADS) {
            wrong.addAll(stage(item));
        }
        if (withId
                && item.get("id") instanceof Number id
                && account.card(kind, id.intValue()).isEmpty()) {
            wrong.add(Shape.problem("NotSupportedChoice", "id"));
        }
        Map<String, Object> embedded = Body.map(item.get("_embedded"));
        for (Kind other : Kind.values()) {
            List<Map<String, Object>> refs = Body.maps(embedded.get(other.path()));
            for (int i = 0; i < refs.size(); i++) {
                if (account.card(
                                other,
                                Objects.requireNonNull((Number) refs.get(i).get("id"))
                                        .intValue())
                        .isEmpty()) {
                    wrong.add(Shape.problem("NotSupportedChoice", "_embedded." + other.path() + "." + i + ".id"));
                }
            }
        }
        return wrong;
    }

    private List<Map<String, Object>> stage(Map<String, Object> item) {
        Optional<Pipelines.Pipeline> pipeline = item.get("pipeline_id") instanceof Number id
                ? account.pipelines().find(id.intValue())
                : Optional.empty();
        if (item.get("pipeline_id") != null && pipeline.isEmpty()) {
            return List.of(Shape.problem("NotSupportedChoice", "pipeline_id"));
        }
        if (item.get("status_id") instanceof Number status) {
            boolean known = pipeline.map(one -> one.has(status.intValue()))
                    .orElse(Pipelines.closed(status.intValue())
                            || account.pipelines().of(status.intValue()).isPresent());
            if (!known) {
                return List.of(Shape.problem("NotSupportedChoice", "status_id"));
            }
        }
        return List.of();
    }

    Card add(Kind kind, Body.Item item, int user) {
        Card card = account.create(kind, "", user);
        fill(card, item);
        stageOf(card, item);
        if (card.text("name").isEmpty()) {
            card.fields().put("name", defaultName(card));
        }
        card.fields().put("updated_by", item.number("updated_by", user));
        card.fields().put("updated_at", item.time("updated_at", account.now()));
        return card;
    }

    /** The card with the number that is given, or a new one. */
    Card addOrFind(Kind kind, Body.Item item, int user, boolean hidden) {
        Optional<Card> known = account.card(kind, item.number("id", 0));
        if (known.isPresent()) {
            return known.get();
        }
        Card card = add(kind, item, user);
        card.hide(hidden);
        return card;
    }

    private static String defaultName(Card card) {
        String name = (card.text("first_name") + " " + card.text("last_name")).strip();
        return name.isEmpty() && card.kind() == Kind.LEADS ? "Сделка #" + card.id() : name;
    }

    Card change(Kind kind, int id, Body.Item item, int user) {
        Card card = account.card(kind, id).orElseThrow(() -> AmoError.of(404, "Entity not found"));
        int responsible = card.responsible();
        int status = card.number("status_id");
        fill(card, item);
        stageOf(card, item);
        card.fields().put("updated_by", item.number("updated_by", user));
        card.fields().put("updated_at", item.time("updated_at", account.now()));
        account.hooks().card("update", card);
        if (responsible != card.responsible()) {
            account.hooks().responsible(card, responsible);
        }
        if (status != card.number("status_id")) {
            account.hooks().status(card, status);
        }
        return card;
    }

    private void fill(Card card, Body.Item item) {
        for (String name : PLAIN) {
            if (item.members().containsKey(name)) {
                card.fields().put(name, item.members().get(name));
            }
        }
        if (item.members().containsKey("custom_fields_values")) {
            account.custom(card, merged(card, item));
        }
        tags(card, item);
        Map<String, Object> embedded = item.map("_embedded");
        for (Kind other : Kind.values()) {
            for (Map<String, Object> ref : Body.maps(embedded.get(other.path()))) {
                account.card(
                                other,
                                Objects.requireNonNull((Number) ref.get("id")).intValue())
                        .ifPresent(target -> account.link(card, target, Boolean.TRUE.equals(ref.get("is_main"))));
            }
        }
    }

    /** A field that is named loses all its old values; one that is not named keeps them. */
    private static List<Map<String, Object>> merged(Card card, Body.Item item) {
        Map<Object, Map<String, Object>> byId = new LinkedHashMap<>();
        card.custom().forEach(field -> byId.put(field.get("field_id"), field));
        for (Map<String, Object> field : Body.maps(item.members().get("custom_fields_values"))) {
            if (Body.maps(field.get("values")).isEmpty()) {
                byId.values()
                        .removeIf(old ->
                                Objects.requireNonNull(old.get("field_id")).equals(field.get("field_id"))
                                        || (field.containsKey("field_code")
                                                && Objects.equals(field.get("field_code"), old.get("field_code"))));
            }
        }
        Fields.read(Objects.requireNonNull(item.members().get("custom_fields_values")), "enum_code")
                .forEach(field -> byId.put(field.get("field_id"), field));
        return List.copyOf(byId.values());
    }

    private void tags(Card card, Body.Item item) {
        Map<String, Object> embedded = item.map("_embedded");
        if (embedded.containsKey("tags")) {
            card.tags().clear();
        }
        List<Map<String, Object>> more = new ArrayList<>(Body.maps(embedded.get("tags")));
        more.addAll(Body.maps(item.members().get("tags_to_add")));
        for (Map<String, Object> tag : more) {
            Map<String, Object> stored = new LinkedHashMap<>();
            stored.put("id", tag.getOrDefault("id", account.nextId()));
            stored.put("name", tag.getOrDefault("name", ""));
            stored.put("color", null);
            card.tags().removeIf(old -> Objects.requireNonNull(old.get("name")).equals(stored.get("name")));
            card.tags().add(stored);
        }
        Body.maps(item.members().get("tags_to_delete"))
                .forEach(tag -> card.tags()
                        .removeIf(old -> Objects.requireNonNull(old.get("name")).equals(tag.get("name"))
                                || Objects.requireNonNull(old.get("id")).equals(tag.get("id"))));
    }

    private void stageOf(Card card, Body.Item item) {
        if (card.kind() != Kind.LEADS) {
            return;
        }
        int status = item.number("status_id", 0);
        Pipelines.Pipeline pipeline = account.pipelines()
                .find(item.number("pipeline_id", 0))
                .or(() -> account.pipelines().of(status))
                .or(() -> account.pipelines().find(card.number("pipeline_id")))
                .orElse(account.pipelines().main());
        boolean moved = card.number("pipeline_id") != pipeline.id();
        card.fields().put("pipeline_id", pipeline.id());
        if (status != 0) {
            card.fields().put("status_id", status);
        } else if (moved) {
            card.fields().put("status_id", pipeline.first());
        }
        if (card.number("status_id") != pipeline.unsorted()) {
            card.hide(false);
        }
        boolean closed = Pipelines.closed(card.number("status_id"));
        card.fields().put("closed_at", closed ? item.time("closed_at", account.now()) : null);
    }
}
