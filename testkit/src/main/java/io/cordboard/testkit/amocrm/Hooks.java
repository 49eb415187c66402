// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.Form;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells the account's subscribers what happened: what one request changed, in one message. Safe for use by many
 * threads.
 */
final class Hooks {
    private final Object lock = new Object();
    private final Clock clock;
    private final Courier courier;
    private final List<Subscription> all = new ArrayList<>();
    private final List<Told> pending = new ArrayList<>();
    private final List<String> emitted = new ArrayList<>();
    private URI account = URI.create("http://127.0.0.1");
    private int lastId = 839_656;

    Hooks(Clock clock, Courier courier) {
        this.clock = clock;
        this.courier = courier;
    }

    void at(URI url) {
        synchronized (lock) {
            account = url;
        }
    }

    void reset() {
        synchronized (lock) {
            all.clear();
            pending.clear();
            emitted.clear();
        }
        courier.forget();
    }

    List<Subscription> all() {
        synchronized (lock) {
            return List.copyOf(all);
        }
    }

    /** What was told since the beginning, such as {@code contacts add}. */
    List<String> emitted() {
        synchronized (lock) {
            return List.copyOf(emitted);
        }
    }

    Subscription subscribe(String destination, List<String> settings, int sort) {
        synchronized (lock) {
            long now = clock.instant().getEpochSecond();
            Optional<Subscription> known = all.stream()
                    .filter(hook -> hook.destination().equals(destination))
                    .findFirst();
            Subscription hook = known.orElseGet(() -> {
                Subscription fresh = new Subscription(++lastId, destination, now);
                all.add(fresh);
                return fresh;
            });
            hook.set(settings, sort, now);
            return hook;
        }
    }

    boolean unsubscribe(String destination) {
        synchronized (lock) {
            return all.removeIf(hook -> hook.destination().equals(destination));
        }
    }

    void card(String action, Card card) {
        if (!card.hidden()) {
            Supplier<Map<String, Object>> fields =
                    () -> action.equals("delete") ? OldNames.gone(card) : OldNames.card(card, null);
            tell(action + "_" + card.kind().singular(), OldNames.key(card.kind()), action, fields);
        }
    }

    void responsible(Card card, int before) {
        tell("responsible_" + card.kind().singular(), OldNames.key(card.kind()), "responsible", () -> {
            Map<String, Object> told = OldNames.card(card, null);
            told.put("old_responsible_user_id", before);
            return told;
        });
    }

    void status(Card card, int before) {
        tell("status_lead", "leads", "status", () -> {
            Map<String, Object> told = OldNames.card(card, null);
            told.put("old_status_id", before);
            return told;
        });
    }

    void note(Note note) {
        tell("note_" + note.kind().singular(), OldNames.key(note.kind()), "note", () -> OldNames.note(note));
    }

    void task(String action, Map<String, Object> task) {
        tell(action + "_task", "task", action, () -> OldNames.task(task));
    }

    void unsorted(String action, Unsorted one) {
        tell(action + "_unsorted", "unsorted", action, () -> OldNames.unsorted(one));
    }

    private void tell(String setting, String key, String action, Supplier<Map<String, Object>> fields) {
        synchronized (lock) {
            if (all.isEmpty()) {
                return;
            }
            pending.add(new Told(setting, key, action, fields.get()));
        }
    }

    /** Sends what one request, or one hand, changed. */
    void flush() {
        synchronized (lock) {
            for (Subscription hook : all) {
                List<Told> wanted = pending.stream()
                        .filter(told -> hook.wants(told.setting))
                        .toList();
                if (!wanted.isEmpty()) {
                    courier.send(hook, body(wanted));
                }
            }
            pending.forEach(told -> emitted.add(told.key + " " + told.action));
            pending.clear();
        }
    }

    private String body(List<Told> wanted) {
        Map<String, Map<String, List<Map<String, Object>>>> body = new LinkedHashMap<>();
        for (Told told : wanted) {
            body.computeIfAbsent(told.key, key -> new LinkedHashMap<>())
                    .computeIfAbsent(told.action, action -> new ArrayList<>())
                    .add(told.fields);
        }
        Map<String, Object> whole = new LinkedHashMap<>(body);
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("subdomain", Account.SUBDOMAIN);
        about.put("id", Account.ID);
        about.put("_links", Map.of("self", account.toString()));
        whole.put("account", about);
        return Form.write(whole);
    }

    private record Told(String setting, String key, String action, Map<String, Object> fields) {}
}
