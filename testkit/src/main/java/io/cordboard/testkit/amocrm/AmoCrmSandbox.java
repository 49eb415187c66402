// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.CrmBooks;
import io.cordboard.testkit.CrmSandbox;
import io.cordboard.testkit.Faults;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.SandboxServer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An amoCRM account on this machine: tokens, cards, notes, calls, incoming leads, tasks, webhooks, limits, and the
 * quirks of its API.
 *
 * <p>What no document decides can be switched by {@link #faults()}; with {@link SandboxOptions#strict()} the answer
 * that is harder on clients holds. Safe for use by many threads.
 */
public final class AmoCrmSandbox implements CrmSandbox {
    private final Faults faults;
    private final Courier courier;
    private final Hooks hooks;
    private final World world;
    private final SandboxServer server;
    private final CrmBooks books;
    private final Hands hands;

    private AmoCrmSandbox(SandboxOptions options) {
        this.faults = new Faults(options.seed(), AccountApp.FAULTS);
        this.courier = new Courier(options.clock(), faults);
        this.hooks = new Hooks(options.clock(), courier);
        this.world = new World(options, faults, hooks);
        this.server = SandboxServer.start(options, faults, new AccountApp(world));
        synchronized (world) {
            world.at(server.url());
        }
        this.books = new AccountBooks(this);
        this.hands = new Hands(world, hooks);
    }

    /**
     * {@return an account that listens}
     *
     * @param options how it should be
     */
    public static AmoCrmSandbox start(SandboxOptions options) {
        return new AmoCrmSandbox(options);
    }

    @Override
    public String vendor() {
        return "amocrm";
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
        config.put("type", "amocrm");
        config.put("baseUrl", server.url().toString());
        config.put("token", token());
        config.put("widget", AccountBooks.WIDGET);
        return config;
    }

    /** {@return the long-lived token of a private integration} */
    public String token() {
        synchronized (world) {
            return world.doorman().longToken();
        }
    }

    /** {@return what an installed integration has, by the keys below {@code oauth} in a configuration} */
    public Map<String, String> integration() {
        synchronized (world) {
            Map<String, String> oauth = new LinkedHashMap<>();
            oauth.put("clientId", Doorman.CLIENT_ID);
            oauth.put("clientSecret", world.doorman().clientSecret());
            oauth.put("redirectUri", world.doorman().redirect());
            oauth.put("refreshToken", world.doorman().firstRefresh());
            return oauth;
        }
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
        courier.close();
    }

    /** {@return every note, those of calls too, oldest first, with {@code entity_type}} */
    public List<Map<String, Object>> notes() {
        synchronized (world) {
            return world.notes();
        }
    }

    @Override
    public long requests() {
        return server.requests();
    }

    /**
     * {@return how often something was asked for}
     *
     * @param method its name, such as {@code POST calls} or {@code GET contacts/notes}
     */
    public int asked(String method) {
        synchronized (world) {
            return world.account().asked().entrySet().stream()
                    .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).equals(method.toLowerCase(Locale.ROOT)))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }
    }

    /** {@return the contacts that there are, hidden ones too, each with {@code phones} when it has any} */
    public List<Map<String, Object>> contacts() {
        return cards(Kind.CONTACTS);
    }

    /** {@return the companies that there are, each with {@code phones} when it has any} */
    public List<Map<String, Object>> companies() {
        return cards(Kind.COMPANIES);
    }

    /** {@return the leads that there are, those that wait to be accepted too} */
    public List<Map<String, Object>> leads() {
        return cards(Kind.LEADS);
    }

    private List<Map<String, Object>> cards(Kind kind) {
        synchronized (world) {
            return world.cards(kind, Integer.MAX_VALUE);
        }
    }

    /** {@return the tasks that there are} */
    public List<Map<String, Object>> tasks() {
        synchronized (world) {
            return world.account().tasks().values().stream()
                    .<Map<String, Object>>map(LinkedHashMap::new)
                    .toList();
        }
    }

    /** {@return every pop-up that was asked for, oldest first, with {@code phone_number} and {@code users}} */
    public List<Map<String, Object>> popUps() {
        synchronized (world) {
            return List.copyOf(world.account().popUps());
        }
    }

    /** {@return how many messages to subscribers were accepted by them} */
    public int delivered() {
        return courier.delivered();
    }

    /** {@return how many attempts to tell a subscriber failed} */
    public int failedDeliveries() {
        return courier.failed();
    }

    /** {@return how many messages wait to be delivered, those that failed before too} */
    public int waitingDeliveries() {
        return courier.waiting();
    }

    /**
     * Somebody adds a contact by hand.
     *
     * @param name what it is called
     * @param phones the texts of its phone fields
     * @param owner the user who is responsible
     * @return its id
     */
    public int addContact(String name, List<String> phones, int owner) {
        return hands.add(Kind.CONTACTS, name, phones, owner);
    }

    /**
     * Somebody adds a company by hand.
     *
     * @param name what it is called
     * @param phones the texts of its phone fields
     * @param owner the user who is responsible
     * @return its id
     */
    public int addCompany(String name, List<String> phones, int owner) {
        return hands.add(Kind.COMPANIES, name, phones, owner);
    }

    /**
     * Somebody adds a lead by hand, at the first stage of the main pipeline.
     *
     * @param name what it is called
     * @param contact whose it is
     * @param owner the user who is responsible
     * @return its id
     */
    public int addLead(String name, int contact, int owner) {
        return hands.addLead(name, contact, owner);
    }

    /**
     * Somebody gives a contact other numbers.
     *
     * @param id the contact's id
     * @param phones the texts of its phone fields
     */
    public void changeContact(int id, List<String> phones) {
        hands.changeContact(id, phones);
    }

    /**
     * Somebody removes a contact.
     *
     * @param id the contact's id
     */
    public void removeContact(int id) {
        hands.removeContact(id);
    }

    /**
     * Somebody removes a lead.
     *
     * @param id the lead's id
     */
    public void removeLead(int id) {
        hands.removeLead(id);
    }

    /**
     * Somebody removes a task.
     *
     * @param id the task's id
     */
    public void removeTask(int id) {
        hands.removeTask(id);
    }

    /**
     * Somebody closes a lead.
     *
     * @param id the lead's id
     * @param won whether with success
     */
    public void closeLead(int id, boolean won) {
        hands.closeLead(id, won);
    }

    /**
     * Somebody sets up a webhook.
     *
     * @param destination who is told
     * @param settings what, such as {@code add_contact}; none for everything
     */
    public void subscribe(URI destination, Set<String> settings) {
        hooks.subscribe(destination.toString(), List.copyOf(settings.isEmpty() ? Subscription.SETTINGS : settings), 1);
    }

    /** {@return a code of a fresh installation, as the redirect to the integration carries it} */
    public String code() {
        synchronized (world) {
            return world.doorman().code();
        }
    }

    /**
     * Says where people are sent who allowed the integration; a token request has to name the same address.
     *
     * @param address the integration's address
     */
    public void redirectTo(URI address) {
        synchronized (world) {
            world.doorman().redirectTo(address);
        }
    }

    /** Makes every access token of the integration old. */
    public void expireTokens() {
        synchronized (world) {
            world.doorman().expire();
        }
    }

    /** Makes every token worthless, the long-lived one too, as when an administrator switched the integration off. */
    public void revokeTokens() {
        synchronized (world) {
            world.doorman().revoke();
        }
    }

    /** {@return how often a refresh token was exchanged} */
    public int refreshes() {
        synchronized (world) {
            return world.doorman().refreshes();
        }
    }

    /** {@return how many token requests were refused} */
    public int refusedTokens() {
        synchronized (world) {
            return world.doorman().refused();
        }
    }

    /**
     * The account moves: at the host by which it was known there is none any more.
     *
     * @param host a name of this machine, such as {@code localhost}
     * @return where the account is now
     */
    public URI moveTo(String host) {
        String authority = host + ":" + server.url().getPort();
        synchronized (world) {
            world.doorman().move(authority);
        }
        return URI.create(server.url().getScheme() + "://" + authority);
    }

    /**
     * Says how many requests are let through.
     *
     * @param perSecond how many of one integration, in any second
     * @param account how many of all, in any second
     */
    public void limit(int perSecond, int account) {
        synchronized (world) {
            world.limits().rate(perSecond, account);
        }
    }

    /**
     * Says after how many refused requests the account is shut out, as {@link #block} does; never at the start.
     *
     * @param refusals how many
     */
    public void blockAfter(int refusals) {
        synchronized (world) {
            world.limits().patience(refusals);
        }
    }

    /**
     * Shuts the account out, or in again: every request is answered with a page and status 403.
     *
     * @param on whether it is shut out
     */
    public void block(boolean on) {
        synchronized (world) {
            world.limits().block(on);
        }
    }
}
