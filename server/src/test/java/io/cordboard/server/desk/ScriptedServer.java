// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Serves the desk's files and an API whose answers a test writes, over real HTTP. */
final class ScriptedServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String POLICY = "default-src 'self'; base-uri 'none'; form-action 'self';"
            + " frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Map<String, Object>> calls = new ConcurrentHashMap<>();
    private final Map<String, Object> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private final List<HttpExchange> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable String token;
    private volatile boolean away;

    /** What the page sent. */
    record Posted(String path, Map<String, Object> body) {}

    ScriptedServer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(threads);
        http.createContext("/desk/", this::file);
        http.createContext("/api/", this::api);
        http.createContext("/health", this::api);
        http.start();
        answer("/api/agents", Map.of("agents", Scene.agents()));
        answer("/health", Scene.health());
        answer("/api/status", Map.of());
        answer("/api/deliveries", Map.of("deliveries", List.of(), "counts", Map.of("pending", 0, "parked", 0)));
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Sets what a GET of a path answers. */
    void answer(String path, Object body) {
        answers.put(path, body);
    }

    /** Lets a path be refused with a status, until status 0 ends that. */
    void refuse(String path, int status) {
        refusals.put(path, status);
    }

    /** Asks for a login with this token from now on. */
    void requireLogin(String secret) {
        token = secret;
    }

    /** Cuts every line and refuses new ones, as a server does that is being restarted. */
    void goAway() {
        away = true;
        listeners.forEach(HttpExchange::close);
        listeners.clear();
    }

    void comeBack() {
        away = false;
    }

    /** Makes a call known without telling anybody. */
    void know(Map<String, Object> call) {
        calls.put((String) call.get("id"), new LinkedHashMap<>(call));
    }

    /** {@return every known call; removing one lets the server forget it} */
    Collection<Map<String, Object>> calls() {
        return calls.values();
    }

    /** Makes a call known and tells every page. */
    void tell(Map<String, Object> call) {
        know(call);
        send("call", call);
    }

    void send(String type, Object data) {
        for (HttpExchange listener : listeners) {
            write(listener, "event: " + type + "\ndata: " + text(data) + "\n\n");
        }
    }

    boolean isListenedTo() {
        return !listeners.isEmpty();
    }

    List<Posted> posted() {
        return List.copyOf(posted);
    }

    /** {@return what was sent to a path, in order} */
    List<Map<String, Object>> postedTo(String path) {
        return posted.stream()
                .filter(one -> one.path().equals(path))
                .map(Posted::body)
                .toList();
    }

    private void file(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring("/desk/".length());
        String file = name.isEmpty() ? "index.html" : name;
        try (InputStream in = ScriptedServer.class.getResourceAsStream("/desk/" + file)) {
            if (in == null || file.contains("..")) {
                answer(exchange, 404, Map.of("error", "no such file"));
                return;
            }
            byte[] bytes = in.readAllBytes();
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            Optional.ofNullable(TYPES.get(file.substring(file.lastIndexOf('.') + 1)))
                                    .orElse("application/octet-stream"));
            exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private void api(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        int refused = refusals.getOrDefault(path, 0);
        if (away) {
            exchange.close();
        } else if (path.equals("/api/login")) {
            login(exchange);
        } else if (!loggedIn(exchange)) {
            answer(exchange, 401, Map.of("error", "Who is asking?", "fix", "Log in."));
        } else if (refused > 0) {
            answer(exchange, refused, Map.of("error", "The CRM does not like it.", "fix", "Ask again later."));
        } else if (exchange.getRequestMethod().equals("POST")) {
            posted.add(new Posted(path, body(exchange)));
            answer(exchange, 202, Map.of());
        } else if (path.equals("/api/events")) {
            listen(exchange);
        } else if (path.equals("/api/calls")) {
            answer(exchange, 200, Map.of("calls", list(exchange.getRequestURI().getQuery())));
        } else if (path.startsWith("/api/calls/")) {
            Map<String, Object> call = calls.get(path.substring("/api/calls/".length()));
            answer(exchange, call == null ? 404 : 200, call == null ? Map.of("error", "no such call") : call);
        } else {
            Object answer = answers.get(path);
            answer(exchange, answer == null ? 404 : 200, answer == null ? Map.of("error", "nothing here") : answer);
        }
    }

    private List<Map<String, Object>> list(@Nullable String query) {
        List<Map<String, Object>> found = new ArrayList<>(calls.values());
        if (query != null && query.contains("customer=")) {
            String wanted = URLDecoder.decode(
                    query.replaceAll(".*customer=", "").replaceAll("&.*", "").replace("+", "%2B"),
                    StandardCharsets.UTF_8);
            found.removeIf(call -> !wanted.equals(call.get("customer")));
        }
        return found;
    }

    private void login(HttpExchange exchange) throws IOException {
        boolean right = body(exchange).getOrDefault("token", "").equals(token);
        if (right) {
            exchange.getResponseHeaders().add("Set-Cookie", "desk=yes; HttpOnly; SameSite=Strict; Path=/");
        }
        answer(exchange, right ? 200 : 401, right ? Map.of() : Map.of("error", "wrong token"));
    }

    private boolean loggedIn(HttpExchange exchange) {
        return token == null
                || exchange.getRequestHeaders()
                        .getOrDefault("Cookie", List.of())
                        .contains("desk=yes");
    }

    private void listen(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        listeners.add(exchange);
        write(exchange, ": hello\n\n");
    }

    private void write(HttpExchange listener, String message) {
        try {
            OutputStream out = listener.getResponseBody();
            out.write(message.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            // The page has gone; the next one says hello by itself.
            listeners.remove(listener);
        }
    }

    private static Map<String, Object> body(HttpExchange exchange) throws IOException {
        return JSON.readValue(exchange.getRequestBody().readAllBytes(), new TypeReference<>() {});
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = text(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String text(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        listeners.forEach(HttpExchange::close);
        http.stop(0);
        threads.shutdownNow();
    }
}
