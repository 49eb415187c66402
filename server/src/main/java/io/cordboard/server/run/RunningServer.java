// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.run;

import io.cordboard.Cordboard;
import io.cordboard.connector.StoreException;
import io.cordboard.server.config.ConfigException;
import io.cordboard.server.config.ServerConfig;
import io.cordboard.server.web.About;
import io.cordboard.server.web.PortTakenException;
import io.cordboard.server.web.WebServer;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Store, connectors, engine and web server of one configuration, at work. */
public final class RunningServer implements AutoCloseable {
    private final ServerConfig config;
    private final OpenStore open;
    private final WebServer web;

    private RunningServer(ServerConfig config, OpenStore open, Clock clock, String version) {
        this.config = config;
        this.open = open;
        List<About.Account> accounts = config.accounts().stream()
                .map(a -> new About.Account(a.id(), a.type(), a.kind().name().toLowerCase(Locale.ROOT)))
                .toList();
        About about = new About(
                version, config.store().toString(), accounts, open.hookSecrets(), this::hookUrls, config.desk());
        this.web = new WebServer(config.http(), open.cordboard(), about, clock);
    }

    /**
     * {@return a server that works}
     *
     * @param config its configuration
     * @param clock the time
     * @param version the program's version
     * @throws InputException when the store or the port cannot be used
     * @throws ConfigException when an account's settings are wrong, or the API would be open to everybody
     */
    public static RunningServer start(ServerConfig config, Clock clock, String version) {
        config.exposure().ifPresent(problem -> {
            throw new ConfigException(List.of(problem));
        });
        OpenStore open;
        try {
            open = OpenStore.of(config, clock);
        } catch (StoreException e) {
            throw new InputException(config.where("store") + ": store: " + e.getMessage(), e);
        }
        RunningServer server = new RunningServer(config, open, clock, version);
        try {
            server.web.claim();
            open.cordboard().start();
            server.web.start();
            return server;
        } catch (PortTakenException e) {
            server.close();
            throw new InputException(config.where("http.listen") + ": " + e.getMessage(), e);
        } catch (StoreException e) {
            server.close();
            throw new InputException(config.where("store") + ": store: " + e.getMessage(), e);
        }
    }

    /** {@return the engine} */
    public Cordboard cordboard() {
        return open.cordboard();
    }

    /** {@return where a browser on this machine finds the desk} */
    public URI deskUrl() {
        return config.http().localUrl(web.port());
    }

    /** {@return what vendors call, by the account's id} */
    public Map<String, URI> hookUrls() {
        return open.hookUrls(web.port());
    }

    /** Takes no new requests, lets the engine finish what it works on, and closes the store. */
    @Override
    public void close() {
        web.close();
        open.close();
    }
}
