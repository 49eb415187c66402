// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.Faults;
import io.cordboard.testkit.Sandbox;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.SandboxServer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An amoCRM account on this machine: tokens, cards, notes, calls, incoming leads, tasks, webhooks, limits, and the
 * quirks of its API.
 *
 * <p>What no document decides can be switched by {@link #faults()}; with {@link SandboxOptions#strict()} the answer that
 * is harder on clients holds. Safe for use by many threads.
 */
public final class AmoCrmSandbox implements Sandbox {
    private final Faults faults;
    private final World world;
    private final SandboxServer server;

    private AmoCrmSandbox(SandboxOptions options) {
        this.faults = new Faults(options.seed(), AccountApp.FAULTS);
        this.world = new World(options, faults, new Hooks());
        this.server = SandboxServer.start(options, faults, new AccountApp(world));
        synchronized (world) {
            world.at(server.url());
        }
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
    public Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("type", "amocrm");
        config.put("baseUrl", server.url().toString());
        config.put("token", token());
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
    }

    /** {@return every note, those of calls too, oldest first, with {@code entity_type}} */
    public List<Map<String, Object>> notes() {
        synchronized (world) {
            return world.notes();
        }
    }

    /** {@return how many HTTP requests came} */
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

    /**
     * Somebody adds a contact by hand.
     *
     * @param name what it is called
     * @param phones the texts of its phone fields
     * @param owner the user who is responsible
     * @return its id
     */
    public int addContact(String name, List<String> phones, int owner) {
        synchronized (world) {
            Card card = world.account().create(Kind.CONTACTS, name, owner);
            world.account().custom(card, phones.isEmpty() ? List.of() : Fields.phones(phones));
            world.account().hooks().card("add", card);
            return card.id();
        }
    }
}
