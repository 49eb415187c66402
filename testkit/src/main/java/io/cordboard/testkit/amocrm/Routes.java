// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.SandboxReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which part of the account answers what. */
final class Routes {
    private final CardApi cards;
    private final NoteApi notes;
    private final CallApi calls;
    private final EventApi events;
    private final TaskApi tasks;
    private final StaffApi staff;
    private final UnsortedApi unsorted;
    private final ComplexApi complex;
    private final HookApi hooks;

    Routes(Account account) {
        this.cards = new CardApi(account);
        this.notes = new NoteApi(account);
        this.calls = new CallApi(account, notes);
        this.events = new EventApi(account);
        this.tasks = new TaskApi(account);
        this.staff = new StaffApi(account);
        this.unsorted = new UnsortedApi(account, cards.writer(), notes);
        this.complex = new ComplexApi(account, cards.writer(), unsorted);
        this.hooks = new HookApi(account);
    }

    /** The name of what is asked for, without numbers, such as {@code GET contacts/notes}. */
    static String name(String method, String path) {
        String rest = path.startsWith("/api/v4/") ? path.substring("/api/v4/".length()) : path.substring(1);
        List<String> words = new ArrayList<>();
        for (String word : rest.split("/", -1)) {
            boolean number = word.chars().allMatch(Character::isDigit);
            boolean uid = word.length() > 30 && words.contains("unsorted");
            if (!number && !uid) {
                words.add(word);
            }
        }
        return method + " " + String.join("/", words);
    }

    SandboxReply answer(Ask ask) {
        String path = ask.http().path();
        String method = ask.http().method();
        if (path.equals("/api/v2/events") || path.equals("/api/v2/events/")) {
            return method.equals("POST") ? calls.popUp(ask) : notAllowed();
        }
        if (!path.startsWith("/api/v4/")) {
            throw AmoError.of(404, "Not found");
        }
        String[] words = path.substring("/api/v4/".length()).split("/", -1);
        return switch (words[0]) {
            case "account" -> only("GET", method, staff.account(ask));
            case "users" -> only("GET", method, words.length > 1 ? staff.user(id(words[1]), ask) : staff.users(ask));
            case "calls" -> method.equals("POST") ? calls.add(ask) : notAllowed();
            case "events" -> only("GET", method, events.list(ask));
            case "tasks" -> task(words, method, ask);
            case "webhooks" -> hook(method, ask);
            default -> entity(words, method, ask);
        };
    }

    private static SandboxReply only(String allowed, String method, SandboxReply reply) {
        return method.equals(allowed) ? reply : notAllowed();
    }

    private static SandboxReply notAllowed() {
        throw AmoError.of(405, "Method not allowed");
    }

    private static int id(String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw AmoError.of(404, "Not found");
        }
    }

    private SandboxReply task(String[] words, String method, Ask ask) {
        if (words.length > 1) {
            int id = id(words[1]);
            return switch (method) {
                case "GET" -> tasks.one(id, ask);
                case "PATCH" -> tasks.changeOne(id, ask);
                default -> notAllowed();
            };
        }
        return switch (method) {
            case "GET" -> tasks.list(ask);
            case "POST" -> tasks.add(ask);
            case "PATCH" -> tasks.change(ask);
            default -> notAllowed();
        };
    }

    private SandboxReply entity(String[] words, String method, Ask ask) {
        Optional<Kind> kind = Kind.of(words[0]).filter(found -> found.path().equals(words[0]));
        if (kind.isEmpty()) {
            throw AmoError.of(404, "Not found");
        }
        String second = words.length > 1 ? words[1] : "";
        if (kind.get() == Kind.LEADS && second.equals("unsorted")) {
            return incoming(words, method, ask);
        }
        if (kind.get() == Kind.LEADS && second.equals("complex")) {
            return method.equals("POST") ? complex.add(ask) : notAllowed();
        }
        return switch (second) {
            case "" -> list(kind.get(), method, ask);
            case "notes" -> note(kind.get(), null, words.length > 2 ? id(words[2]) : 0, ask);
            case "custom_fields" -> only("GET", method, staff.fields(kind.get(), ask));
            case "pipelines" -> only("GET", method, pipelines(words, ask));
            default -> one(kind.get(), id(second), words, ask);
        };
    }

    private SandboxReply hook(String method, Ask ask) {
        return switch (method) {
            case "GET" -> hooks.list(ask);
            case "POST" -> hooks.add(ask);
            case "DELETE" -> hooks.remove(ask);
            default -> notAllowed();
        };
    }

    private SandboxReply incoming(String[] words, String method, Ask ask) {
        String third = words.length > 2 ? words[2] : "";
        String fourth = words.length > 3 ? words[3] : "";
        return switch (method + " " + (fourth.isEmpty() ? third : fourth)) {
            case "POST sip", "POST forms" -> unsorted.add(third, ask);
            case "GET " -> unsorted.list(ask);
            case "GET summary" -> unsorted.summary();
            case "POST accept" -> unsorted.decide(third, true, ask);
            case "DELETE decline" -> unsorted.decide(third, false, ask);
            default -> {
                if (method.equals("GET") && fourth.isEmpty()) {
                    yield unsorted.one(third, ask);
                }
                throw AmoError.of(404, "Not found");
            }
        };
    }

    private SandboxReply list(Kind kind, String method, Ask ask) {
        return switch (method) {
            case "GET" -> cards.list(kind, ask);
            case "POST" -> cards.add(kind, ask);
            case "PATCH" -> cards.change(kind, ask);
            default -> notAllowed();
        };
    }

    private SandboxReply one(Kind kind, int id, String[] words, Ask ask) {
        String method = ask.http().method();
        String third = words.length > 2 ? words[2] : "";
        return switch (third) {
            case "" ->
                method.equals("PATCH") ? cards.changeOne(kind, id, ask) : only("GET", method, cards.one(kind, id, ask));
            case "notes" -> note(kind, id, words.length > 3 ? id(words[3]) : 0, ask);
            case "links" -> only("GET", method, cards.links(kind, id, ask));
            case "link" -> method.equals("POST") ? cards.link(kind, id, ask, true) : notAllowed();
            case "unlink" -> method.equals("POST") ? cards.link(kind, id, ask, false) : notAllowed();
            default -> throw AmoError.of(404, "Not found");
        };
    }

    private SandboxReply note(Kind kind, @Nullable Integer card, int note, Ask ask) {
        return switch (ask.http().method()) {
            case "GET" -> note > 0 ? notes.one(kind, note, ask) : notes.list(kind, card, ask);
            case "POST" -> notes.add(kind, card, ask);
            case "PATCH" -> note > 0 ? notes.changeOne(kind, note, ask) : notes.change(kind, ask);
            default -> notAllowed();
        };
    }

    private SandboxReply pipelines(String[] words, Ask ask) {
        if (words.length == 2) {
            return staff.pipelines(ask);
        }
        return words.length == 3 ? staff.pipeline(id(words[2]), ask) : staff.statuses(id(words[2]), ask);
    }
}
