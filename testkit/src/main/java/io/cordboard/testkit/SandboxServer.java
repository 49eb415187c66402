// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.cordboard.testkit.Faults.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wire under every HTTP sandbox: listens on the loopback address, answers {@code /_sandbox/} itself, lets the
 * faults strike and asks the {@link SandboxApp} for the rest. Safe for use by many threads.
 */
public final class SandboxServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxServer.class);
    private static final String CONTROL = "/_sandbox/";
    private static final int THREADS = 32;
    private static final int WAITING = 1000;
    private static final int MAX_BODY = 64 * 1024 * 1024;

    static {
        // Without it, an answer waits 40 ms for the client's delayed acknowledgement. Read once, when the first server
        // is made.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final SandboxApp app;
    private final Faults faults;
    private final URI url;
    // What a client has to trust.
    private final Optional<String> certificate;
    private final AtomicLong requests = new AtomicLong();

    private SandboxServer(HttpServer server, SandboxApp app, Faults faults, @Nullable String certificate) {
        this.server = server;
        this.app = app;
        this.faults = faults;
        this.certificate = Optional.ofNullable(certificate);
        AtomicLong number = new AtomicLong();
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "sandbox-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        String scheme = server instanceof HttpsServer ? "https" : "http";
        this.url = URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    /**
     * {@return a server that listens}
     *
     * @param options the port and whether to speak TLS
     * @param faults what goes wrong
     * @param app what answers
     */
    public static SandboxServer start(SandboxOptions options, Faults faults, SandboxApp app) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port());
            HttpServer http;
            String certificate = null;
            if (options.tls()) {
                SelfSigned signed = SelfSigned.make();
                HttpsServer https = HttpsServer.create(address, 100);
                https.setHttpsConfigurator(new HttpsConfigurator(signed.context()));
                http = https;
                certificate = signed.pem();
            } else {
                http = HttpServer.create(address, 100);
            }
            SandboxServer server = new SandboxServer(http, app, faults, certificate);
            http.setExecutor(server.threads);
            http.createContext("/", server::exchange);
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + options.port() + " of the loopback address", e);
        }
    }

    /** {@return where it listens, without a path} */
    public URI url() {
        return url;
    }

    /** {@return the certificate that a client has to trust, in PEM; none without TLS} */
    public Optional<String> certificate() {
        return certificate;
    }

    /** {@return how many requests came, those to {@code /_sandbox/} not counted} */
    public long requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    // A mistake in a sandbox must be seen by whoever wrote the test, not swallowed by the JDK's server.
    @SuppressWarnings("IllegalCatch")
    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                SandboxRequest request = read(exchange);
                if (request.path().startsWith(CONTROL)) {
                    send(exchange, control(request));
                } else {
                    requests.incrementAndGet();
                    answer(exchange, request);
                }
            } catch (RuntimeException e) {
                LOG.error("the sandbox itself failed", e);
                send(exchange, SandboxReply.text(500, "text/plain; charset=utf-8", "the sandbox itself failed: " + e));
            }
        }
    }

    private void answer(HttpExchange exchange, SandboxRequest request) throws IOException {
        Set<String> methods = app.methods(request);
        pause(faults.delay(methods));
        if (faults.strikes(Kind.DROP_BEFORE, methods)) {
            return; // closed without an answer
        }
        for (Kind kind : new Kind[] {Kind.RATE_LIMIT, Kind.SERVER_ERROR, Kind.EXPIRED_TOKEN}) {
            if (app.suffers(kind, request) && faults.strikes(kind, methods)) {
                send(exchange, app.refuse(kind));
                return;
            }
        }
        if (faults.strikes(Kind.HTML, methods)) {
            send(exchange, SandboxReply.text(502, "text/html", "<html><body><h1>502 Bad Gateway</h1></body></html>"));
            return;
        }
        SandboxReply reply = app.handle(request);
        if (faults.strikes(Kind.LOST_ANSWER, methods)) {
            return;
        }
        if (faults.strikes(Kind.HALF_BODY, methods)) {
            sendHalf(exchange, reply);
            return;
        }
        send(exchange, reply);
    }

    private SandboxReply control(SandboxRequest request) {
        String name = request.path().substring(CONTROL.length());
        try {
            if (request.method().equals("GET") && name.equals("state")) {
                Map<String, Object> state = new LinkedHashMap<>(app.state());
                state.put("requests", requests.get());
                state.put("faults", faults.state());
                return SandboxReply.json(200, state);
            }
            if (request.method().equals("POST") && name.equals("faults")) {
                faults.set(Json.read(request.body()));
                return SandboxReply.json(200, faults.state());
            }
            if (request.method().equals("POST") && name.equals("reset")) {
                reset();
                return SandboxReply.json(200, Map.of("reset", true));
            }
            Optional<SandboxReply> own = app.control(name, request);
            return own.orElseGet(() -> SandboxReply.json(
                    404, Map.of("error", "there is GET state, POST faults and POST reset; this vendor may know more")));
        } catch (IllegalArgumentException e) {
            return SandboxReply.json(400, Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    /** Forgets what happened, and switches the faults off. */
    public void reset() {
        faults.clear();
        app.reset();
        requests.set(0);
    }

    private static SandboxRequest read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY);
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        URI uri = exchange.getRequestURI();
        String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
        String remote = exchange.getRemoteAddress().getAddress().getHostAddress();
        return new SandboxRequest(exchange.getRequestMethod(), uri.getPath(), query, headers, body, remote);
    }

    private static void send(HttpExchange exchange, SandboxReply reply) throws IOException {
        headers(exchange, reply);
        exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(reply.body());
        }
    }

    private static void sendHalf(HttpExchange exchange, SandboxReply reply) throws IOException {
        headers(exchange, reply);
        exchange.sendResponseHeaders(reply.status(), reply.body().length + 1L);
        OutputStream out = exchange.getResponseBody();
        out.write(Arrays.copyOf(reply.body(), reply.body().length / 2));
        out.flush();
    }

    private static void headers(HttpExchange exchange, SandboxReply reply) {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", reply.contentType());
        reply.headers().forEach(headers::set);
    }

    private static void pause(Duration time) {
        if (!time.isZero()) {
            try {
                TimeUnit.MILLISECONDS.sleep(time.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the sandbox is being closed
            }
        }
    }
}
