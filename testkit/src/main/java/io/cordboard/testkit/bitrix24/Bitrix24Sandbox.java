// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import io.cordboard.testkit.CrmBooks;
import io.cordboard.testkit.CrmSandbox;
import io.cordboard.testkit.Faults;
import io.cordboard.testkit.Poster;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.SandboxServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A Bitrix24 portal on this machine: webhooks and applications, telephony, CRM, batches, events, limits, and the quirks
 * of its JSON.
 *
 * <p>{@link SandboxOptions#strict()} decides whether {@code telephony.externalCall.register} and {@code finish} are
 * refused to webhooks, as the documents say, or work, as many report. Safe for use by many threads.
 */
public final class Bitrix24Sandbox implements CrmSandbox {
    private final CrmBooks books = new PortalBooks(this);
    private final Faults faults;
    private final Poster poster;
    private final Events events;
    private final PortalWorld world;
    private final SandboxServer server;

    private Bitrix24Sandbox(SandboxOptions options) {
        this.faults = new Faults(options.seed(), PortalApp.FAULTS);
        this.poster = new Poster(faults);
        this.events = new Events(poster, options.clock());
        this.world = new PortalWorld(options, faults, events);
        this.server = SandboxServer.start(options, faults, new PortalApp(world));
        synchronized (world) {
            world.at(server.url());
        }
    }

    /**
     * {@return a portal that listens}
     *
     * @param options how it should be
     */
    public static Bitrix24Sandbox start(SandboxOptions options) {
        return new Bitrix24Sandbox(options);
    }

    @Override
    public String vendor() {
        return "bitrix24";
    }

    @Override
    public URI url() {
        return server.url();
    }

    @Override
    public Optional<String> certificate() {
        return server.certificate();
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("type", "bitrix24");
        config.put("webhookUrl", webhookUrl().toString());
        config.put("applicationToken", applicationToken());
        return config;
    }

    /** {@return the address of the incoming webhook of user 1, ending with a slash} */
    public URI webhookUrl() {
        return URI.create(server.url() + "/rest/1/" + world.secret() + "/");
    }

    /** {@return what an installed application has, by the keys below {@code oauth} in a configuration} */
    public Map<String, String> application() {
        synchronized (world) {
            return Map.of(
                    "clientId",
                    TokenDesk.CLIENT_ID,
                    "clientSecret",
                    world.tokens().clientSecret(),
                    "refreshToken",
                    world.tokens().firstRefreshToken(),
                    "server",
                    server.url() + "/",
                    "portal",
                    server.url() + "/");
        }
    }

    /** {@return the secret that every event carries} */
    public String applicationToken() {
        return world.applicationToken();
    }

    @Override
    public CrmBooks books() {
        return books;
    }

    @Override
    public Faults faults() {
        return faults;
    }

    @Override
    public Map<String, Object> state() {
        synchronized (world) {
            return world.state();
        }
    }

    @Override
    public void reset() {
        server.reset();
    }

    @Override
    public void close() {
        server.close();
        poster.close();
    }

    /** {@return every call that was registered, oldest first} */
    public List<Bitrix24Call> calls() {
        synchronized (world) {
            return world.portal().calls().values().stream()
                    .map(Bitrix24Call::of)
                    .toList();
        }
    }

    /** {@return every row of a kind, with {@code ID} and the fields that were stored} */
    private List<Map<String, Object>> rows(Table table) {
        return PortalWorld.rows(table);
    }

    /**
     * {@return the leads (1), deals (2), contacts (3), companies (4) or requests (1036) that there are}
     *
     * @param entityTypeId which
     */
    public List<Map<String, Object>> items(int entityTypeId) {
        synchronized (world) {
            return rows(world.portal().table(entityTypeId));
        }
    }

    /** {@return the activities that there are, those of calls too} */
    public List<Map<String, Object>> activities() {
        synchronized (world) {
            return rows(world.portal().activities());
        }
    }

    /** {@return the tasks that there are} */
    public List<Map<String, Object>> tasks() {
        synchronized (world) {
            return rows(world.portal().tasks());
        }
    }

    /** {@return the comments in timelines} */
    public List<Map<String, Object>> comments() {
        synchronized (world) {
            return rows(world.portal().comments());
        }
    }

    @Override
    public long requests() {
        return server.requests();
    }

    /** {@return the addresses that are told of events} */
    public Set<String> handlers() {
        synchronized (world) {
            return world.portal().events().bindings().stream()
                    .map(Events.Binding::handler)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /**
     * {@return how often a method was called, alone or in a batch}
     *
     * @param method its name, in any case
     */
    public int asked(String method) {
        synchronized (world) {
            return world.portal().asked().getOrDefault(method.toLowerCase(Locale.ROOT), 0);
        }
    }

    /**
     * Somebody adds a contact by hand.
     *
     * @param name first and last name
     * @param phones the texts of its phone fields
     * @param owner the user who is responsible
     * @return its id
     */
    public int addContact(String name, List<String> phones, int owner) {
        return add(Portal.CONTACT, name, phones, owner);
    }

    /**
     * Somebody adds a company by hand.
     *
     * @param title its name
     * @param phones the texts of its phone fields
     * @param owner the user who is responsible
     * @return its id
     */
    public int addCompany(String title, List<String> phones, int owner) {
        return add(Portal.COMPANY, title, phones, owner);
    }

    /**
     * Somebody adds a lead by hand.
     *
     * @param title its title
     * @param phones the texts of its phone fields
     * @param owner the user who is responsible
     * @return its id
     */
    public int addLead(String title, List<String> phones, int owner) {
        return add(Portal.LEAD, title, phones, owner);
    }

    private int add(int type, String name, List<String> phones, int owner) {
        synchronized (world) {
            Portal portal = world.portal();
            Item item = portal.table(type).add(portal.now());
            if (type == Portal.CONTACT) {
                int space = name.indexOf(' ');
                item.fields().put("NAME", space < 0 ? name : name.substring(0, space));
                item.fields().put("LAST_NAME", space < 0 ? "" : name.substring(space + 1));
            } else {
                item.fields().put("TITLE", name);
            }
            item.fields().put("ASSIGNED_BY_ID", Integer.toString(owner));
            portal.phones(type, item, numbered(portal, phones));
            portal.changed(type, item.id(), "ADD");
            return item.id();
        }
    }

    /**
     * Somebody gives a contact other numbers.
     *
     * @param id the contact's id
     * @param phones the texts of its phone fields
     */
    public void changeContact(int id, List<String> phones) {
        synchronized (world) {
            Portal portal = world.portal();
            Item item = contact(id);
            portal.phones(Portal.CONTACT, item, numbered(portal, phones));
            item.touch(portal.now());
            portal.changed(Portal.CONTACT, id, "UPDATE");
        }
    }

    /**
     * Somebody removes a contact.
     *
     * @param id the contact's id
     */
    public void removeContact(int id) {
        synchronized (world) {
            Portal portal = world.portal();
            portal.phones(Portal.CONTACT, contact(id), List.of());
            portal.table(Portal.CONTACT).remove(id);
            portal.changed(Portal.CONTACT, id, "DELETE");
        }
    }

    /**
     * Somebody removes a lead, a deal or a request.
     *
     * @param entityTypeId which kind
     * @param id the item's id
     */
    public void removeItem(int entityTypeId, int id) {
        synchronized (world) {
            if (!world.portal().table(entityTypeId).remove(id)) {
                throw new IllegalArgumentException("there is no item " + id);
            }
            world.portal().changed(entityTypeId, id, "DELETE");
        }
    }

    /**
     * Somebody removes a task.
     *
     * @param id the task's id
     */
    public void removeTask(int id) {
        synchronized (world) {
            if (!world.portal().tasks().remove(id)) {
                throw new IllegalArgumentException("there is no task " + id);
            }
        }
    }

    private Item contact(int id) {
        Optional<Item> item = world.portal().table(Portal.CONTACT).get(id);
        return item.orElseThrow(() -> new IllegalArgumentException("there is no contact " + id));
    }

    private static List<Item.Phone> numbered(Portal portal, List<String> texts) {
        List<Item.Phone> phones = new ArrayList<>();
        texts.forEach(text -> phones.add(new Item.Phone(portal.next("phone"), "WORK", text)));
        return phones;
    }

    /**
     * Sets up an outgoing webhook.
     *
     * @param handler who is told
     * @param names the events; none for all
     */
    public void outgoingWebhook(URI handler, Set<String> names) {
        synchronized (world) {
            world.outgoing(handler, List.copyOf(names));
        }
    }

    /** What it is made of, for the tests' view of it; hold its lock. */
    PortalWorld world() {
        return world;
    }

    /**
     * A user clicks a number.
     *
     * @param user who
     * @param number the number as it is written
     * @return the portal's id of the call that is to be
     */
    public String click(int user, String number) {
        synchronized (world) {
            return world.click(user, number, "");
        }
    }

    /** Makes every access token old. */
    public void expireTokens() {
        synchronized (world) {
            world.tokens().expire();
        }
    }

    /** Makes every token worthless, as when an administrator removed the application. */
    public void revokeTokens() {
        synchronized (world) {
            world.tokens().revoke();
        }
    }

    /**
     * Says how many requests are let through.
     *
     * @param perSecond how many, on average
     * @param burst how many at once
     */
    public void limit(double perSecond, int burst) {
        synchronized (world) {
            world.limits().rate(perSecond, burst);
        }
    }

    /**
     * Says what one call of a method costs of the 480 seconds in ten minutes.
     *
     * @param method its name, in any case
     * @param seconds how much of the portal's work
     */
    public void cost(String method, double seconds) {
        synchronized (world) {
            world.limits().cost(method, seconds);
        }
    }
}
