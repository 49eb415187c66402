// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.Json;
import io.cordboard.testkit.SandboxReply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls for which the account looks for the card itself; and the card that pops up while it rings. */
final class CallApi {
    private static final Shape CALL = Shape.of(
                    "direction",
                    Shape.choice("inbound", "outbound"),
                    "duration",
                    Shape.INT,
                    "source",
                    Shape.TEXT,
                    "phone",
                    Shape.TEXT,
                    "uniq",
                    Shape.TEXT,
                    "link",
                    Shape.TEXT,
                    "call_result",
                    Shape.TEXT,
                    "call_status",
                    Shape.choice(1, 2, 3, 4, 5, 6, 7, 8),
                    "call_responsible",
                    Shape.TEXT_OR_INT,
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
                    "request_id",
                    Shape.TEXT_OR_INT)
            .requiring("direction", "duration", "source", "phone");
    private static final List<String> PARAMS =
            List.of("uniq", "duration", "source", "link", "phone", "call_result", "call_status", "call_responsible");

    private final Account account;
    private final NoteApi notes;

    CallApi(Account account, NoteApi notes) {
        this.account = account;
        this.notes = notes;
    }

    SandboxReply add(Ask ask) {
        List<Map<String, Object>> calls = new ArrayList<>();
        List<Map<String, Object>> errors = new ArrayList<>();
        for (Body.Item item : Body.items(ask.http(), CALL.then(this::contradictions))) {
            Optional<Card> card = account.forCall(item.text("phone"));
            if (card.isPresent()) {
                calls.add(view(write(card.get(), item, ask.user()), card.get(), item, ask.base()));
            } else {
                errors.add(notFound(item));
            }
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("_total_items", calls.size());
        body.put("errors", errors);
        if (!calls.isEmpty()) {
            body.put("_embedded", Map.of("calls", calls));
        }
        boolean refused = calls.isEmpty() || (!errors.isEmpty() && account.does("mixedBatch400"));
        if (refused) {
            return new SandboxReply(400, "application/hal+json", Json.write(body), Map.of());
        }
        return Hal.of(account.does("created201") ? 201 : 200, body);
    }

    private List<Map<String, Object>> contradictions(Body.Item item) {
        List<Map<String, Object>> wrong = new ArrayList<>();
        notes.users(item, wrong);
        if (PhoneIndex.digits(item.text("phone")).isEmpty()) {
            wrong.add(Shape.problem("NotBlank", "phone"));
        }
        return wrong;
    }

    private Map<String, Object> notFound(Body.Item item) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("title", "Entity not found");
        if (!account.does("bareCallErrors")) {
            error.put("status", 263);
            error.put("detail", "Entity not found");
            error.put("request_id", item.requestId());
        }
        return error;
    }

    private Note write(Card card, Body.Item item, int user) {
        Map<String, Object> members = new LinkedHashMap<>(item.members());
        Map<String, Object> params = new LinkedHashMap<>();
        for (String name : PARAMS) {
            if (members.containsKey(name)) {
                params.put(name, members.get(name));
            }
        }
        members.put("params", params);
        members.put("note_type", item.text("direction").equals("inbound") ? "call_in" : "call_out");
        return notes.write(card.kind(), card.id(), new Body.Item(item.requestId(), members), user);
    }

    private Map<String, Object> view(Note note, Card card, Body.Item item, String base) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", note.id());
        view.put("entity_id", card.id());
        view.put(
                "entity_type",
                account.does("pluralTypes") ? card.kind().path() : card.kind().singular());
        view.put("account_id", Account.ID);
        view.put("request_id", item.requestId());
        Map<String, Object> entity = new LinkedHashMap<>();
        entity.put("id", card.id());
        entity.put("_links", Views.self(card, base));
        view.put("_embedded", Map.of("entity", entity));
        return view;
    }

    /** {@code POST /api/v2/events/}: as JSON or as a form. */
    SandboxReply popUp(Ask ask) {
        Map<String, Object> params;
        try {
            params = ask.http().bodyParams();
        } catch (IllegalArgumentException e) {
            throw AmoError.of(400, "Invalid JSON");
        }
        List<Map<String, Object>> items = new ArrayList<>();
        Object add = params.get("add");
        List<?> given =
                add instanceof Map<?, ?> map ? List.copyOf(map.values()) : add instanceof List<?> l ? l : List.of();
        for (Object one : given) {
            items.add(popUp(Body.map(one)));
        }
        if (items.isEmpty()) {
            throw AmoError.of(400, "add must hold at least one event");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        Map<String, Object> self = new LinkedHashMap<>();
        self.put("href", "/api/v2/events");
        self.put("method", "post");
        body.put("_links", Map.of("self", self));
        body.put("_embedded", Map.of("items", items));
        return Hal.ok(body);
    }

    private Map<String, Object> popUp(Map<String, Object> one) {
        String phone = String.valueOf(one.getOrDefault("phone_number", ""));
        if (!"phone_call".equals(one.get("type")) || PhoneIndex.digits(phone).isEmpty()) {
            throw AmoError.of(400, "type must be phone_call, and phone_number must not be empty");
        }
        Optional<Card> card = account.forCall(phone);
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("element_id", card.map(Card::id).orElse(null));
        item.put("element_type", card.map(found -> found.kind().oldCode()).orElse(null));
        String uid = account.hex(8) + "-" + account.hex(4) + "-4" + account.hex(3) + "-b" + account.hex(3) + "-"
                + account.hex(12);
        item.put("uid", uid);
        item.put("phone_number", phone);
        Map<String, Object> seen = new LinkedHashMap<>(item);
        Object users = one.get("users");
        if (account.does("popUpUsersChecked")
                && users instanceof List<?> list
                && !list.stream().allMatch(this::isUser)) {
            throw AmoError.of(400, "users must be users of this account");
        }
        seen.put(
                "users",
                users instanceof List<?> list
                        ? list
                        : users == null ? List.copyOf(account.users().keySet()) : Ask.list(users));
        seen.put("at", account.now());
        account.popUps().add(seen);
        return item;
    }

    private boolean isUser(Object id) {
        return id instanceof Number number && account.users().containsKey(number.intValue());
    }
}
