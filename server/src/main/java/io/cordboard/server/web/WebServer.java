// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import io.cordboard.Cordboard;
import io.cordboard.server.config.HttpConfig;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP API, the webhooks and the agent desk, on one port. */
public final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

    private static final int IDLE_MILLIS = 15_000;
    private static final int MOST_THREADS = 200;
    private static final int STOP_MILLIS = 2_000;

    private final HttpConfig http;
    private final Gate gate;
    private final Tally tally = new Tally();
    private final EventStream events;
    private final Hooks hooks;
    private final CallsApi calls;
    private final AgentsApi agents;
    private final DeliveriesApi deliveries;
    private final StatusApi status;
    private final Javalin app;
    private final AutoCloseable listening;

    /**
     * Creates a server that does not listen yet.
     *
     * @param http where it listens and whom it answers
     * @param cordboard the engine
     * @param about what it tells about itself
     * @param clock the time
     */
    public WebServer(HttpConfig http, Cordboard cordboard, About about, Clock clock) {
        this.http = http;
        this.gate = new Gate(http);
        this.events = new EventStream(cordboard);
        this.hooks = new Hooks(cordboard, about.hookSecrets(), gate, tally);
        this.calls = new CallsApi(cordboard, tally);
        this.agents = new AgentsApi(cordboard, clock);
        this.deliveries = new DeliveriesApi(cordboard);
        this.status = new StatusApi(
                cordboard, tally, about, new StatusApi.Watch(gate, new StoreProbe(cordboard::verifyStore, clock)));
        this.app = Javalin.create(this::configure);
        this.listening = cordboard.listen(events);
    }

    /**
     * Finds out whether the port is free, before anything else begins.
     *
     * @throws PortTakenException when it is not
     */
    public void claim() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(http.listen());
        } catch (IOException e) {
            throw taken(e);
        }
    }

    /**
     * Begins to listen.
     *
     * @throws PortTakenException when the address is in use or does not belong to this machine
     */
    public void start() {
        try {
            app.start();
        } catch (JavalinBindException e) {
            throw taken(e);
        }
    }

    private PortTakenException taken(Exception cause) {
        return new PortTakenException(
                "http.listen is " + http.listen().getHostString() + ":"
                        + http.listen().getPort()
                        + ", which cannot be used: the port is taken or the address is not of this machine;"
                        + " stop the other program or choose another port",
                cause);
    }

    /** {@return the port that was taken} */
    public int port() {
        return app.port();
    }

    /** Takes no new requests, finishes those that are there and ends the event streams. */
    // AutoCloseable may throw anything; whatever it is, the rest has to be closed too.
    @SuppressWarnings("IllegalCatch")
    @Override
    public void close() {
        events.close();
        try {
            listening.close();
        } catch (Exception e) {
            LOG.warn("Listening to the engine did not end well: {}", e.toString());
        }
        try {
            app.stop();
        } catch (Exception e) {
            // A request did not end in time; what it has not been told is sent again by its vendor.
            LOG.warn("The web server stopped before every request was answered: {}", e.toString());
        }
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = Body.MOST;
        config.http.prefer405over404 = true;
        config.jetty.host = http.listen().getHostString();
        config.jetty.port = http.listen().getPort();
        config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, 8, IDLE_MILLIS);
        config.jetty.modifyServer(server -> server.setStopTimeout(STOP_MILLIS));
        config.jetty.modifyHttpConfiguration(jetty -> {
            jetty.setSendServerVersion(false);
            jetty.setRequestHeaderSize(16 * 1024);
            // The id of a call is the PBX's own text and may have a slash in it.
            jetty.setUriCompliance(
                    UriCompliance.DEFAULT.with("ids with slashes", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR));
        });
        config.jetty.modifyServletContextHandler(
                handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
        config.jetty.addConnector(this::connector);
        config.routes.before(Desk::protect);
        config.routes.after(ctx -> tally.request(ctx.statusCode()));
        routes(config.routes);
        new Failures(tally).register(config.routes);
    }

    private ServerConnector connector(Server server, HttpConfiguration configuration) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setHost(http.listen().getHostString());
        connector.setPort(http.listen().getPort());
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(256);
        return connector;
    }

    private void routes(RoutesConfig routes) {
        routes.before("/api/*", gate::check);
        routes.get("/health", status::health);
        routes.get("/metrics", status::metrics);
        routes.get("/hook/{account}/{secret}", hooks::handle);
        routes.post("/hook/{account}/{secret}", hooks::handle);
        // Mango calls methods below the address that it was given.
        routes.post("/hook/{account}/{secret}/<path>", hooks::handle);
        routes.post("/api/login", gate::login);
        routes.post("/api/logout", gate::logout);
        routes.get("/api/calls", calls::list);
        routes.get("/api/calls/<id>", calls::one);
        routes.post("/api/calls/<id>/note", calls::note);
        routes.post("/api/calls/<id>/ticket", calls::ticket);
        routes.post("/api/calls/<id>/escalate", calls::escalate);
        routes.post("/api/calls/<id>/hangup", calls::hangUp);
        routes.post("/api/calls/<id>/transfer", calls::transfer);
        routes.get("/api/lookup", calls::lookup);
        routes.get("/api/agents", agents::list);
        routes.post("/api/agents/{name}/pause", agents::pause);
        routes.post("/api/agents/{name}/state", agents::state);
        routes.get("/api/agents/{name}/day", agents::day);
        routes.post("/api/dial", agents::dial);
        routes.get("/api/deliveries", deliveries::list);
        routes.get("/api/deliveries/export", deliveries::export);
        routes.post("/api/deliveries/retry", deliveries::retryAll);
        routes.post("/api/deliveries/{id}/retry", deliveries::retry);
        routes.get("/api/events", events::serve);
        routes.get("/api/status", status::status);
        routes.get("/api/check", status::check);
        routes.post("/api/sync/{account}", status::sync);
        routes.get("/", Desk::page);
        routes.get("/{file}", Desk::file);
    }
}
