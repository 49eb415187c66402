// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An address that is told what happens. Safe for use by many threads. */
final class Subscription {
    static final Set<String> SETTINGS = settings();
    private static final long TWO_HOURS = 2 * 3600;
    private static final int MOST_INVALID = 100;

    private final int id;
    private final String destination;
    private final long created;
    private final Deque<Long> invalid = new ArrayDeque<>();
    private List<String> wanted;
    private int sort;
    private long updated;
    private boolean disabled;

    Subscription(int id, String destination, long now) {
        this.id = id;
        this.destination = destination;
        this.created = now;
        this.updated = now;
        this.wanted = List.of();
    }

    private static Set<String> settings() {
        Set<String> all = new TreeSet<>();
        for (String kind : List.of("lead", "contact", "company", "customer", "task")) {
            all.addAll(List.of("add_" + kind, "update_" + kind, "delete_" + kind, "responsible_" + kind));
        }
        for (String kind : List.of("lead", "contact", "company")) {
            all.add("restore_" + kind);
            all.add("note_" + kind);
        }
        all.addAll(List.of(
                "note_customer",
                "status_lead",
                "add_talk",
                "update_talk",
                "add_chat_template_review",
                "add_message",
                "add_unsorted",
                "update_unsorted",
                "delete_unsorted"));
        return Set.copyOf(all);
    }

    String destination() {
        return destination;
    }

    synchronized void set(List<String> settings, int order, long now) {
        wanted = List.copyOf(settings);
        sort = order;
        updated = now;
        disabled = false;
        invalid.clear();
    }

    synchronized boolean wants(String setting) {
        return !disabled && wanted.contains(setting);
    }

    synchronized boolean disabled() {
        return disabled;
    }

    /** One that answers wrongly too often is told nothing any more. */
    synchronized void answered(boolean valid, long now) {
        if (!valid) {
            invalid.addLast(now);
            while (invalid.peekFirst() <= now - TWO_HOURS) {
                invalid.removeFirst();
            }
            disabled |= invalid.size() > MOST_INVALID;
        }
    }

    synchronized Map<String, Object> view() {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", id);
        view.put("destination", destination);
        view.put("created_at", created);
        view.put("updated_at", updated);
        view.put("account_id", Account.ID);
        view.put("created_by", Residents.ADMIN);
        view.put("sort", sort);
        view.put("disabled", disabled);
        view.put("settings", wanted);
        return view;
    }
}
