// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cordboard.call.CallId;
import io.cordboard.call.Extension;
import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.Webhook;
import io.cordboard.pbx.CallHistory;
import io.cordboard.pbx.CallSource;
import io.cordboard.pbx.Dialing;
import io.cordboard.pbx.Recordings;
import io.cordboard.pbx.Routing;
import io.cordboard.store.SqliteStore;
import io.cordboard.testkit.Faults;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.contract.PbxBench;
import io.cordboard.testkit.contract.StoredCalls;
import io.cordboard.testkit.zadarma.ZadarmaSandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A started account, its sandbox, a web server that hosts its webhook, and a store on disk. */
final class ZadarmaBench implements PbxBench, AutoCloseable {
    static final String ACCOUNT = "office";
    static final String CUSTOMER = "+442037691880";
    static final String LINE = "442037691881";

    private final ZadarmaSandbox sandbox;
    private final SqliteStore store;
    private final StoredCalls calls;
    private final Zadarma connector;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private volatile boolean deaf;

    ZadarmaBench(Path folder, SandboxOptions options, Map<String, String> settings) throws IOException {
        sandbox = ZadarmaSandbox.start(options);
        sandbox.turn(Map.of("speed", 30.0));
        store = SqliteStore.open(folder, Clock.systemUTC());
        calls = new StoredCalls(store);
        Map<String, String> values = new HashMap<>(settings);
        sandbox.config().forEach((key, value) -> values.putIfAbsent(key, String.valueOf(value)));
        connector = Zadarma.create(
                new ConnectorContext(ACCOUNT, "GB", options.clock(), store.memory(ACCOUNT)),
                ZadarmaSettings.of(values));
        connector.role(CallSource.class).orElseThrow().tell(calls);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", this::exchange);
        server.start();
        connector.start();
        sandbox.publish(hook());
    }

    static ZadarmaBench open(Path folder) throws IOException {
        return new ZadarmaBench(folder, SandboxOptions.DEFAULTS.withLimits(false), Map.of());
    }

    ZadarmaSandbox sandbox() {
        return sandbox;
    }

    SqliteStore store() {
        return store;
    }

    Zadarma zadarma() {
        return connector;
    }

    URI hook() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook/office/s3cr3t");
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public StoredCalls calls() {
        return calls;
    }

    @Override
    public Set<Class<?>> roles() {
        return Set.of(CallSource.class, CallHistory.class, Dialing.class, Recordings.class, Routing.class);
    }

    @Override
    public List<Extension> extensions() {
        return List.of(new Extension("100"), new Extension("101"), new Extension("102"));
    }

    @Override
    public String customer() {
        return CUSTOMER;
    }

    @Override
    public String line() {
        return LINE;
    }

    @Override
    public CallId play(Scene scene) {
        String kind = scene.name().toLowerCase(Locale.ROOT);
        return play(
                switch (scene) {
                    case RING_ALL -> "ringall";
                    case REPEATED -> "duplicate";
                    case SHUFFLED -> "end-before-answer";
                    case LATE_RECORDING -> "late-record";
                    case ANSWERED, MISSED -> kind;
                },
                scene == Scene.LATE_RECORDING ? Map.of("readyMillis", 60_000) : Map.of());
    }

    CallId play(String kind, Map<String, Object> more) {
        Map<String, Object> script = new HashMap<>(Map.of("kind", kind, "wait", true));
        if (!kind.startsWith("outgoing") && !kind.startsWith("callback")) {
            script.putAll(Map.of("from", CUSTOMER, "to", LINE));
        }
        script.putAll(more);
        return new CallId(ACCOUNT, String.valueOf(sandbox.play(script).get("pbx_call_id")));
    }

    @Override
    public void beginOutage() {
        deaf = true;
    }

    @Override
    public void endOutage() {
        deaf = false;
    }

    @Override
    public void breakOffRecordings(boolean breakOff) {
        sandbox.faults().set(Faults.Kind.HALF_BODY, breakOff);
    }

    @Override
    public void away(boolean away) {
        sandbox.faults().set(Faults.Kind.SERVER_ERROR, away);
    }

    @Override
    public String shownName() {
        List<?> played = (List<?>) Objects.requireNonNull(sandbox.state().get("calls"));
        Map<?, ?> last = (Map<?, ?>) Objects.requireNonNull(played.get(played.size() - 1));
        return Optional.ofNullable(last.get("caller_name")).map(String::valueOf).orElse("");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        connector.close();
        store.close();
        sandbox.close();
    }

    // Like any web server: what the webhook throws is a 503 to whoever called.
    @SuppressWarnings("IllegalCatch")
    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            Webhook.Response response;
            try {
                response = deaf
                        ? Webhook.Response.text(502, "nobody is here")
                        : connector.webhook().orElseThrow().handle(request(exchange));
            } catch (RuntimeException e) {
                response = Webhook.Response.text(503, "try again");
            }
            byte[] body = response.body();
            exchange.getResponseHeaders().set("Content-Type", response.contentType());
            exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static Webhook.Request request(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return new Webhook.Request(
                exchange.getRequestMethod(),
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
                headers,
                exchange.getRequestBody().readAllBytes(),
                exchange.getRemoteAddress().getAddress().getHostAddress());
    }
}
