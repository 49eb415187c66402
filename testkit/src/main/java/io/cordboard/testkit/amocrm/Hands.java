// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import java.util.List;
import java.util.Map;

/** What people do in the account by hand. Safe for use by many threads. */
final class Hands {
    private final World world;
    private final Hooks hooks;

    Hands(World world, Hooks hooks) {
        this.world = world;
        this.hooks = hooks;
    }

    int add(Kind kind, String name, List<String> phones, int owner) {
        synchronized (world) {
            Card card = world.account().create(kind, name, owner);
            int space = name.indexOf(' ');
            if (kind == Kind.CONTACTS) {
                card.fields().put("first_name", space < 0 ? name : name.substring(0, space));
                card.fields().put("last_name", space < 0 ? "" : name.substring(space + 1));
            }
            world.account().custom(card, phones.isEmpty() ? List.of() : Fields.phones(phones));
            hooks.card("add", card);
            hooks.flush();
            return card.id();
        }
    }

    int addLead(String name, int contact, int owner) {
        synchronized (world) {
            Card lead = world.account().create(Kind.LEADS, name, owner);
            lead.fields().put("pipeline_id", Pipelines.SALES);
            lead.fields().put("status_id", world.account().pipelines().main().first());
            world.account().link(lead, card(Kind.CONTACTS, contact), true);
            hooks.card("add", lead);
            hooks.flush();
            return lead.id();
        }
    }

    void changeContact(int id, List<String> phones) {
        synchronized (world) {
            Card card = card(Kind.CONTACTS, id);
            world.account().custom(card, phones.isEmpty() ? List.of() : Fields.phones(phones));
            card.fields().put("updated_at", world.account().now());
            card.fields().put("updated_by", card.responsible());
            hooks.card("update", card);
            hooks.flush();
        }
    }

    void removeContact(int id) {
        synchronized (world) {
            world.account().remove(card(Kind.CONTACTS, id));
            hooks.flush();
        }
    }

    void removeLead(int id) {
        synchronized (world) {
            world.account().remove(card(Kind.LEADS, id));
            hooks.flush();
        }
    }

    void removeTask(int id) {
        synchronized (world) {
            Map<String, Object> task = world.account().tasks().remove(id);
            if (task == null) {
                throw new IllegalArgumentException("there is no task " + id);
            }
            hooks.task("delete", task);
            hooks.flush();
        }
    }

    void closeLead(int id, boolean won) {
        synchronized (world) {
            Card lead = card(Kind.LEADS, id);
            int before = lead.number("status_id");
            lead.fields().put("status_id", won ? Pipelines.WON : Pipelines.LOST);
            lead.fields().put("closed_at", world.account().now());
            lead.fields().put("updated_at", world.account().now());
            hooks.status(lead, before);
            hooks.card("update", lead);
            hooks.flush();
        }
    }

    private Card card(Kind kind, int id) {
        return world.account()
                .card(kind, id)
                .orElseThrow(() -> new IllegalArgumentException("there is no " + kind.singular() + " " + id));
    }
}
