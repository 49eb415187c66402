// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.SandboxReply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Notes, those of calls among them. */
final class NoteApi {
    private static final Shape CALL = Shape.of(
                    "uniq",
                    Shape.TEXT,
                    "duration",
                    Shape.INT,
                    "source",
                    Shape.TEXT,
                    "link",
                    Shape.TEXT,
                    "phone",
                    Shape.TEXT,
                    "call_result",
                    Shape.TEXT,
                    "call_status",
                    Shape.choice(1, 2, 3, 4, 5, 6, 7, 8),
                    "call_responsible",
                    Shape.TEXT_OR_INT)
            .requiring("duration", "source", "phone");
    private static final Shape SERVICE =
            Shape.of("service", Shape.TEXT, "text", Shape.TEXT).requiring("service", "text");
    private static final Shape SMS =
            Shape.of("text", Shape.TEXT, "phone", Shape.TEXT).requiring("text", "phone");
    private static final Map<String, Shape> PARAMS = Map.of(
            "call_in",
            CALL,
            "call_out",
            CALL,
            "common",
            Shape.of("text", Shape.LABEL).requiring("text"),
            "service_message",
            SERVICE,
            "extended_service_message",
            SERVICE,
            "sms_in",
            SMS,
            "sms_out",
            SMS,
            "attachment",
            Shape.of("file_uuid", Shape.TEXT, "version_uuid", Shape.TEXT, "file_name", Shape.TEXT));
    private static final Shape NOTE = Shape.of(
            "entity_id",
            Shape.INT,
            "note_type",
            Shape.choice(PARAMS.keySet().toArray()),
            "params",
            Shape.ANY,
            "created_by",
            Shape.INT,
            "updated_by",
            Shape.INT,
            "responsible_user_id",
            Shape.INT,
            "created_at",
            Shape.INT,
            "updated_at",
            Shape.INT,
            "is_need_to_trigger_digital_pipeline",
            Shape.BOOL,
            "request_id",
            Shape.TEXT_OR_INT);

    private final Account account;

    NoteApi(Account account) {
        this.account = account;
    }

    SandboxReply add(Kind kind, @Nullable Integer card, Ask ask) {
        if (card != null && account.card(kind, card).isEmpty()) {
            throw AmoError.of(404, "Entity not found");
        }
        Shape shape = NOTE.requiring(
                card == null
                        ? new String[] {"entity_id", "note_type", "params"}
                        : new String[] {"note_type", "params"});
        List<Map<String, Object>> added = new ArrayList<>();
        for (Body.Item item : Body.items(ask.http(), shape.then(one -> contradictions(kind, card, one)))) {
            Note note = write(kind, card == null ? item.number("entity_id", 0) : card, item, ask.user());
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("id", note.id());
            view.put("entity_id", note.card());
            view.put("request_id", item.requestId());
            view.put("_links", self(note, ask.base()));
            added.add(view);
        }
        return Hal.of(account.does("created201") ? 201 : 200, Hal.listing(ask, "notes", added));
    }

    private List<Map<String, Object>> contradictions(Kind kind, @Nullable Integer card, Body.Item item) {
        List<Map<String, Object>> wrong = new ArrayList<>(params(item.text("note_type"), item));
        users(item, wrong);
        if (card == null && account.card(kind, item.number("entity_id", 0)).isEmpty()) {
            wrong.add(Shape.problem("NotSupportedChoice", "entity_id"));
        }
        return wrong;
    }

    void users(Body.Item item, List<Map<String, Object>> wrong) {
        for (String name : List.of("responsible_user_id", "created_by", "updated_by")) {
            int user = item.number(name, 0);
            if (user != 0 && !account.works(user)) {
                wrong.add(Shape.problem("NotSupportedChoice", name));
            }
        }
    }

    private static List<Map<String, Object>> params(String type, Body.Item item) {
        List<Map<String, Object>> wrong = new ArrayList<>();
        for (Map<String, Object> problem :
                PARAMS.getOrDefault(type, Shape.of()).check(item.members().getOrDefault("params", Map.of()))) {
            wrong.add(Shape.problem(String.valueOf(problem.get("code")), "params." + problem.get("path")));
        }
        return wrong;
    }

    /** Writes a note on a card; a call is also an event. */
    Note write(Kind kind, int card, Body.Item item, int user) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Note note = new Note(account.nextId(), kind, card, fields);
        fields.put("id", note.id());
        fields.put("entity_id", card);
        fields.put("created_by", item.number("created_by", user));
        fields.put("updated_by", item.number("updated_by", user));
        fields.put("created_at", item.time("created_at", account.now()));
        fields.put("updated_at", item.time("updated_at", account.now()));
        fields.put("responsible_user_id", item.number("responsible_user_id", user));
        fields.put("group_id", 0);
        fields.put("note_type", item.text("note_type"));
        fields.put("params", new LinkedHashMap<>(item.map("params")));
        fields.put("account_id", Account.ID);
        account.notes().put(note.id(), note);
        if (note.isCall()) {
            happened(note, item.time("created_at", account.now()));
        }
        account.hooks().note(note);
        return note;
    }

    private void happened(Note note, long at) {
        String type = note.type().equals("call_in") ? "incoming_call" : "outgoing_call";
        int user = note.fields().get("created_by") instanceof Number number ? number.intValue() : 0;
        Map<String, Object> after = Map.of("note", Map.of("id", note.id()));
        account.events()
                .add(new Event(EventApi.ulid(account, at), type, note.kind(), note.card(), user, at, List.of(after)));
    }

    SandboxReply list(Kind kind, @Nullable Integer card, Ask ask) {
        Predicate<Note> wanted = note -> note.kind() == kind && (card == null || note.card() == card);
        wanted = wanted.and(Sieve.oneOf(ask, "id", Note::id))
                .and(Sieve.oneOf(ask, "note_type", Note::type))
                .and(Sieve.between(ask, "updated_at", Note::updatedAt));
        if (card == null) {
            wanted = wanted.and(Sieve.oneOf(ask, "entity_id", Note::card));
        }
        List<Note> found =
                new ArrayList<>(account.notes().values().stream().filter(wanted).toList());
        Map.Entry<String, String> order = ask.order("id");
        Comparator<Note> by = order.getKey().equals("updated_at")
                ? Comparator.comparingLong(Note::updatedAt)
                : Comparator.comparingLong(Note::id);
        found.sort(order.getValue().equalsIgnoreCase("desc") ? by.reversed() : by);
        return Hal.page(account, ask, "notes", found, note -> view(note, ask.base()));
    }

    SandboxReply one(Kind kind, int id, Ask ask) {
        return find(kind, id).map(note -> Hal.ok(view(note, ask.base()))).orElse(Hal.nothing());
    }

    private Optional<Note> find(Kind kind, int id) {
        return Optional.ofNullable(account.notes().get(id)).filter(note -> note.kind() == kind);
    }

    SandboxReply change(Kind kind, Ask ask) {
        Shape shape = NOTE.and(Shape.of("id", Shape.INT).requiring("id"));
        List<Map<String, Object>> changed = new ArrayList<>();
        for (Body.Item item : Body.items(ask.http(), shape.then(one -> corrections(kind, one)))) {
            changed.add(changed(change(kind, item.number("id", 0), item, ask.user()), item, ask.base()));
        }
        return Hal.ok(Hal.listing(ask, "notes", changed));
    }

    SandboxReply changeOne(Kind kind, int id, Ask ask) {
        if (find(kind, id).isEmpty()) {
            throw AmoError.of(404, "Note not found");
        }
        Body.Item item = Body.one(ask.http(), NOTE.then(one -> {
            Map<String, Object> members = new LinkedHashMap<>(one.members());
            members.put("id", id);
            return corrections(kind, new Body.Item(one.requestId(), members));
        }));
        return Hal.ok(changed(change(kind, id, item, ask.user()), item, ask.base()));
    }

    private List<Map<String, Object>> corrections(Kind kind, Body.Item item) {
        List<Map<String, Object>> wrong = new ArrayList<>();
        users(item, wrong);
        Optional<Note> note = find(kind, item.number("id", 0));
        if (note.isEmpty()) {
            wrong.add(Shape.problem("NotSupportedChoice", "id"));
        } else if (item.has("params")) {
            Map<String, Object> merged = new LinkedHashMap<>(note.get().params());
            merged.putAll(item.map("params"));
            wrong.addAll(params(note.get().type(), new Body.Item("", Map.of("params", merged))));
        }
        return wrong;
    }

    private Note change(Kind kind, int id, Body.Item item, int user) {
        Note note = find(kind, id).orElseThrow(() -> AmoError.of(404, "Note not found"));
        for (String name : List.of("created_by", "responsible_user_id", "created_at")) {
            if (item.has(name)) {
                note.fields().put(name, item.members().get(name));
            }
        }
        if (item.has("params")) {
            Map<String, Object> params = new LinkedHashMap<>(note.params());
            params.putAll(item.map("params"));
            note.fields().put("params", params);
        }
        note.fields().put("updated_by", item.number("updated_by", user));
        note.fields().put("updated_at", item.time("updated_at", account.now()));
        return note;
    }

    private static Map<String, Object> changed(Note note, Body.Item item, String base) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", note.id());
        view.put("entity_id", note.card());
        view.put("updated_at", note.updatedAt());
        view.put("request_id", item.requestId());
        view.put("_links", self(note, base));
        return view;
    }

    static Map<String, Object> view(Note note, String base) {
        Map<String, Object> view = new LinkedHashMap<>(note.fields());
        view.put("_links", self(note, base));
        return view;
    }

    private static Map<String, Object> self(Note note, String base) {
        return Ask.link(base + "/api/v4/" + note.kind().path() + "/" + note.card() + "/notes/" + note.id());
    }
}
