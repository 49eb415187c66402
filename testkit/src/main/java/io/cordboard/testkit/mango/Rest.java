// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

import io.cordboard.testkit.Faults;
import io.cordboard.testkit.Json;
import io.cordboard.testkit.SandboxApp;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.SandboxReply;
import io.cordboard.testkit.SandboxRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** What Mango is asked, as far as a connector of calls needs it. Safe for use by many threads. */
final class Rest implements SandboxApp {
    private static final String BASE = "/vpbx/";
    private static final String FILES = "/files/";
    private static final String LINK = "queries/recording/link/";
    private static final int FILE_SIZE = 16 * 1024;

    private final Sandboxed parts;
    private final Exchange exchange;
    private final Commands commands;
    private final Statistics statistics;
    private final Rates rates;
    private final boolean limited;
    private final Supplier<URI> here;

    Rest(Sandboxed parts, Exchange exchange, SandboxOptions options, Supplier<URI> here) {
        this.parts = parts;
        this.exchange = exchange;
        this.commands = new Commands(parts, exchange);
        this.statistics = new Statistics(parts);
        this.rates = new Rates(options.clock());
        this.limited = options.limits();
        this.here = here;
    }

    @Override
    public Set<String> methods(SandboxRequest request) {
        return Set.of(method(request));
    }

    @Override
    public SandboxReply refuse(Faults.Kind fault) {
        return switch (fault) {
            case RATE_LIMIT -> tooMany();
            case EXPIRED_TOKEN -> SandboxReply.text(401, "text/plain", "");
            default -> SandboxReply.json(503, Map.of("code", 5008));
        };
    }

    @Override
    public Map<String, Object> state() {
        Map<String, Object> state = parts.books().state();
        state.put("settings", parts.knobs().all());
        state.put("idle", exchange.isIdle());
        return state;
    }

    @Override
    public void reset() {
        parts.books().reset();
        parts.knobs().reset();
        rates.reset();
    }

    @Override
    public Optional<SandboxReply> control(String name, SandboxRequest request) {
        if (!request.method().equals("POST")) {
            return Optional.empty();
        }
        return switch (name) {
            case "call" -> Optional.of(SandboxReply.json(200, exchange.play(request.params(), "")));
            case "settings" -> {
                parts.knobs().turn(request.params());
                yield Optional.of(SandboxReply.json(200, parts.knobs().all()));
            }
            case "webhook" -> {
                parts.books().url(String.valueOf(request.params().getOrDefault("url", "")));
                yield Optional.of(SandboxReply.json(
                        200,
                        Map.of("url", parts.books().url(), "ping", parts.post().ping())));
            }
            case "status" -> {
                parts.post().send("events/user/status_changed", request.params());
                yield Optional.of(SandboxReply.json(200, Map.of("sent", true)));
            }
            default -> Optional.empty();
        };
    }

    @Override
    public SandboxReply handle(SandboxRequest request) {
        if (request.path().startsWith(FILES)) {
            return parts.books()
                    .useUp(request.path().substring(FILES.length()))
                    .map(Rest::file)
                    .orElseGet(Rest::notFound);
        }
        String method = method(request);
        if (method.startsWith(LINK) && request.method().equals("GET")) {
            return link(method.substring(LINK.length()));
        }
        if (limited && rates.isLocked()) {
            return SandboxReply.text(401, "text/plain", "");
        }
        if (limited && !rates.takes(method)) {
            return tooMany();
        }
        try {
            return answer(method, params(request));
        } catch (Refusal e) {
            if (e.code() / 1000 == 3) {
                rates.invalid();
            }
            return SandboxReply.json(parts.knobs().on("legacy") ? 420 : 200, Map.of("code", e.code()));
        }
    }

    /** {@return the request's JSON, once everything around it is right} */
    private static Map<String, Object> params(SandboxRequest request) {
        if (!request.method().equals("POST")) {
            throw new Refusal(3101);
        }
        Map<String, Object> form = request.bodyParams();
        String json = String.valueOf(form.getOrDefault("json", ""));
        if (json.isEmpty() || !form.containsKey("sign") || !form.containsKey("vpbx_api_key")) {
            throw new Refusal(3103);
        }
        if (!Seal.KEY.equals(form.get("vpbx_api_key"))) {
            throw new Refusal(3105);
        }
        if (!Seal.of(json).equals(form.get("sign"))) {
            throw new Refusal(3102);
        }
        try {
            return Json.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new Refusal(3400);
        }
    }

    private SandboxReply answer(String method, Map<String, Object> params) {
        if (method.startsWith("commands/")) {
            commands.take(method.substring("commands/".length()), params);
            // The older edition says nothing, the newer one that it was received.
            return parts.knobs().on("legacy")
                    ? SandboxReply.text(200, "text/plain", "")
                    : SandboxReply.json(200, Map.of("result", 1000));
        }
        return switch (method) {
            case "account/balance" ->
                SandboxReply.json(200, Map.of("result", 1000, "balance", 963.45, "currency", "RUB"));
            case "config/users/request" -> SandboxReply.json(200, Users.users(parts.knobs(), params));
            case "groups" -> SandboxReply.json(200, Users.groups(parts.knobs()));
            case "stats/request" -> SandboxReply.json(200, statistics.orderRows(params));
            case "stats/result" -> statistics.rows(params);
            case "stats/calls/request" -> SandboxReply.json(200, statistics.orderCalls(params));
            case "stats/calls/result" -> SandboxReply.json(200, statistics.calls(params));
            case "queries/recording/post" -> recording(params);
            default -> throw new Refusal(4001);
        };
    }

    private SandboxReply recording(Map<String, Object> params) {
        String name = String.valueOf(params.getOrDefault("recording_id", ""));
        String action = String.valueOf(params.getOrDefault("action", ""));
        if (name.isEmpty() || !Set.of("play", "download").contains(action)) {
            throw new Refusal(3103);
        }
        if (!parts.books().isReady(name)) {
            throw new Refusal(3320);
        }
        String token = parts.books().digits(24);
        parts.books().oneShot(token, name);
        return SandboxReply.text(302, "text/plain", "").withHeader("Location", here.get() + FILES + token);
    }

    /** {@code <recording>/<action>/<key>/<timestamp>/<sign>}; off by default, as in the cabinet. */
    private SandboxReply link(String rest) {
        String[] members = rest.split("/", -1);
        int last = members.length - 1;
        if (!parts.knobs().on("links") || members.length < 5 || !members[last - 1].matches("[0-9]{1,11}")) {
            return notFound();
        }
        String name = String.join("/", Arrays.copyOf(members, last - 3));
        boolean right =
                members[last].equals(Seal.ofLink(name, members[last - 1])) && members[last - 2].equals(Seal.KEY);
        long ahead = parts.knobs().text("clock").equals("moscow") ? 10_800 : 0;
        Instant until = Instant.ofEpochSecond(Long.parseLong(members[last - 1])).minusSeconds(ahead);
        boolean good =
                right && parts.books().now().isBefore(until) && parts.books().isReady(name);
        return good ? file(name) : notFound();
    }

    private static SandboxReply file(String name) {
        return new SandboxReply(200, "audio/mpeg", sound(name), Map.of());
    }

    /** {@return the bytes of a recording: the same for the same name} */
    static byte[] sound(String name) {
        byte[] bytes = new byte[FILE_SIZE];
        new Random(name.hashCode()).nextBytes(bytes);
        byte[] head = "ID3".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, bytes, 0, head.length);
        return bytes;
    }

    private static SandboxReply notFound() {
        return SandboxReply.text(404, "text/html", "<html><body>Not found</body></html>");
    }

    private static SandboxReply tooMany() {
        return SandboxReply.json(
                429,
                Map.of("name", "Service Unavailable", "message", "Rate limit exceeded.", "code", 0, "status", 429));
    }

    private static String method(SandboxRequest request) {
        String path = request.path();
        String method = path.startsWith(BASE) ? path.substring(BASE.length()) : path;
        return method.endsWith("/") ? method.substring(0, method.length() - 1) : method;
    }
}
