// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import io.cordboard.testkit.Faults;
import io.cordboard.testkit.Json;
import io.cordboard.testkit.SandboxApp;
import io.cordboard.testkit.SandboxReply;
import io.cordboard.testkit.SandboxRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the portal answers: who asks, what is asked for, and in which envelope the answer goes. */
final class PortalApp implements SandboxApp {
    /** Faults of single commands, also inside a batch. */
    private static final Map<String, RestError> COMMAND_FAULTS = commandFaults();

    static final Set<String> FAULTS = faultNames();

    private final PortalWorld world;

    PortalApp(PortalWorld world) {
        this.world = world;
    }

    @Override
    public SandboxReply handle(SandboxRequest request) {
        synchronized (world) {
            try {
                return switch (request.path()) {
                    case "/oauth/authorize/", "/oauth/authorize" ->
                        world.tokens().authorize(request);
                    case "/oauth/token/", "/oauth/token" -> world.tokens().token(request);
                    case "/rest/upload.json", "/rest/upload.json/" ->
                        world.archive().upload(request);
                    default -> rest(request);
                };
            } catch (RestError e) {
                return SandboxReply.json(e.status(), e.body());
            }
        }
    }

    private SandboxReply rest(SandboxRequest request) {
        Route route = Route.of(request.path())
                .orElseThrow(() -> new RestError(404, "ERROR_METHOD_NOT_FOUND", "Method not found!"));
        world.limits().request(request.remoteAddress());
        Params params = new Params(params(request));
        Auth auth = auth(route, params);
        if (world.faults().strikes("redirect", Set.of(route.method))) {
            return SandboxReply.text(302, "text/html", "")
                    .withHeader("Location", world.url() + request.path() + "?renamed=1");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        if (route.method.equals("batch")) {
            count("batch");
            body.put("result", new Batch(runner(auth)).run(params));
        } else {
            Answer answer = execute(route.method, params, auth);
            body.put("result", answer.result());
            if (answer.next() != null) {
                body.put("next", answer.next());
            }
            if (answer.total() != null) {
                body.put("total", answer.total());
            }
        }
        body.put("time", time(auth, route.method));
        return SandboxReply.json(200, body);
    }

    private Batch.Runner runner(Auth auth) {
        return new Batch.Runner() {
            @Override
            public Answer run(String method, Params params) {
                return execute(method, params, auth);
            }

            @Override
            public Map<String, Object> time(String method) {
                return PortalApp.this.time(auth, method);
            }
        };
    }

    private Answer execute(String method, Params params, Auth auth) {
        count(method);
        for (Map.Entry<String, RestError> fault : COMMAND_FAULTS.entrySet()) {
            if (world.faults().strikes(fault.getKey(), Set.of(method))) {
                throw fault.getValue();
            }
        }
        RestMethod known = world.methods().get(method);
        if (known == null) {
            throw new RestError(404, "ERROR_METHOD_NOT_FOUND", "Method not found!");
        }
        world.limits().begin(auth.credential(), method);
        try {
            return known.call(params, auth);
        } finally {
            world.limits().done(auth.credential(), method);
        }
    }

    private void count(String method) {
        world.portal().asked().merge(method, 1, Integer::sum);
    }

    private Auth auth(Route route, Params params) {
        if (route.user > 0) {
            if (!world.secret().equals(route.secret)
                    || world.portal().activeUser(route.user).isEmpty()) {
                throw new RestError(401, "INVALID_CREDENTIALS", "Invalid request credentials");
            }
            return new Auth("webhook", route.user, false);
        }
        return world.tokens()
                .checkMaybe(params.text("auth"))
                .orElseThrow(() -> new RestError(401, "NO_AUTH_FOUND", "Wrong authorization data"));
    }

    private Map<String, Object> time(Auth auth, String method) {
        double now = world.portal().clock().millis() / 1000.0;
        Map<String, Object> time = new LinkedHashMap<>();
        time.put("start", now);
        time.put("finish", now + 0.003);
        time.put("duration", 0.003);
        time.put("processing", 0.002);
        String date = Portal.iso(world.portal().clock().instant());
        time.put("date_start", date);
        time.put("date_finish", date);
        time.put("operating_reset_at", world.limits().resetAt());
        double operating = world.limits().operating(auth.credential(), method);
        time.put("operating", operating == 0 ? (Object) 0 : (Object) operating);
        return time;
    }

    private static Map<String, Object> params(SandboxRequest request) {
        try {
            return request.params();
        } catch (IllegalArgumentException e) {
            return request.queryParams(); // a body that cannot be read is no parameters
        }
    }

    @Override
    public Set<String> methods(SandboxRequest request) {
        if (request.path().startsWith("/oauth/")) {
            return Set.of("oauth.token");
        }
        Optional<Route> route = Route.of(request.path());
        if (route.isEmpty()) {
            return Set.of();
        }
        Set<String> methods = new TreeSet<>(Set.of(route.get().method));
        if (route.get().method.equals("batch")) {
            methods.addAll(Batch.methods(new Params(params(request))));
        }
        return methods;
    }

    @Override
    public boolean suffers(Faults.Kind fault, SandboxRequest request) {
        return fault != Faults.Kind.EXPIRED_TOKEN || request.path().startsWith("/rest/");
    }

    @Override
    public SandboxReply refuse(Faults.Kind fault) {
        RestError error = switch (fault) {
            case RATE_LIMIT -> new RestError(503, "QUERY_LIMIT_EXCEEDED", "Too many requests");
            case EXPIRED_TOKEN -> new RestError(401, "expired_token", "The access token provided has expired.");
            default -> new RestError(500, "INTERNAL_SERVER_ERROR", "Internal server error");
        };
        return SandboxReply.json(error.status(), error.body());
    }

    @Override
    public Map<String, Object> state() {
        synchronized (world) {
            return world.state();
        }
    }

    @Override
    public void reset() {
        synchronized (world) {
            world.begin();
        }
    }

    @Override
    public Optional<SandboxReply> control(String name, SandboxRequest request) {
        if (!request.method().equals("POST")) {
            return Optional.empty();
        }
        Params p = new Params(request.body().length == 0 ? Map.of() : Json.read(request.body()));
        synchronized (world) {
            switch (name) {
                case "handler" -> world.outgoing(URI.create(p.text("url")), p.list("events"));
                case "click" -> {
                    String call = world.click(p.number("user").orElse(1), p.text("number"), p.text("line"));
                    return Optional.of(SandboxReply.json(200, Map.of("callId", call)));
                }
                case "expire" -> world.tokens().expire();
                case "limits" -> world.limits(p);
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(SandboxReply.json(200, Map.of("done", true)));
    }

    private static Map<String, RestError> commandFaults() {
        Map<String, RestError> faults = new HashMap<>();
        for (RestError error : List.of(
                new RestError(429, "OPERATION_TIME_LIMIT", "Method is blocked due to operation time limit."),
                new RestError(503, "OVERLOAD_LIMIT", "REST API is blocked due to overload."),
                new RestError(500, "INTERNAL_SERVER_ERROR", "Internal server error"),
                new RestError(403, "ACCESS_DENIED", "Access denied!"),
                new RestError(410, "PORTAL_DELETED", "Portal was deleted"),
                new RestError(401, "PAYMENT_REQUIRED", "Subscription has been ended"),
                new RestError(401, "expired_token", "The access token provided has expired."),
                new RestError(
                        403,
                        "insufficient_scope",
                        "The request requires higher privileges than provided by the webhook token"))) {
            faults.put(error.code(), error);
        }
        return Map.copyOf(faults);
    }

    private static Set<String> faultNames() {
        Set<String> names = new TreeSet<>(COMMAND_FAULTS.keySet());
        names.addAll(Set.of("strictWebhook", "leadCreationError", "missingName", "emptyUsers", "redirect"));
        return Set.copyOf(names);
    }

    /** Where a request goes: with a webhook's user and secret, or without. */
    private record Route(int user, String secret, String method) {
        static Optional<Route> of(String path) {
            if (!path.startsWith("/rest/")) {
                return Optional.empty();
            }
            List<String> parts = List.of(path.substring("/rest/".length()).split("/", -1));
            String last = parts.get(parts.size() - 1).toLowerCase(Locale.ROOT);
            String method = last.endsWith(".json") ? last.substring(0, last.length() - 5) : last;
            if (parts.size() == 1) {
                return Optional.of(new Route(0, "", method));
            }
            int user = Params.numberOf(parts.get(0)).orElse(0);
            return parts.size() == 3 && user > 0
                    ? Optional.of(new Route(user, parts.get(1), method))
                    : Optional.empty();
        }
    }
}
