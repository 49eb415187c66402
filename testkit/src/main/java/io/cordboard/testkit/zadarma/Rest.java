// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.zadarma;

import io.cordboard.testkit.Faults;
import io.cordboard.testkit.SandboxApp;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.SandboxReply;
import io.cordboard.testkit.SandboxRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The REST API, as far as a connector of calls needs it. Safe for use by many threads. */
final class Rest implements SandboxApp {
    static final String KEY = "0123456789abcdef0123";
    static final String SECRET = "fedcba98765432100123";

    private static final String DOWNLOAD = "/v1/pbx/record/download/";
    private static final Pattern EXTENSION = Pattern.compile("/v1/pbx/internal/([0-9]+)/(status|info)/");
    private static final int FILE_SIZE = 16 * 1024;

    private final Sandboxed parts;
    private final Exchange exchange;
    private final Rates rates;
    private final boolean limited;
    private final Supplier<URI> here;
    private final AtomicLong statisticsRequests = new AtomicLong();

    Rest(Sandboxed parts, Exchange exchange, SandboxOptions options, Supplier<URI> here) {
        this.parts = parts;
        this.exchange = exchange;
        this.rates = new Rates(options.clock());
        this.limited = options.limits();
        this.here = here;
    }

    @Override
    public Set<String> methods(SandboxRequest request) {
        return Set.of(request.path());
    }

    @Override
    public SandboxReply refuse(Faults.Kind fault) {
        return switch (fault) {
            case RATE_LIMIT ->
                error(429, "You exceeded the rate limit")
                        .withHeader("X-RateLimit-Limit", "100")
                        .withHeader("X-RateLimit-Remaining", "0")
                        .withHeader(
                                "X-RateLimit-Reset",
                                Long.toString(parts.books().now().getEpochSecond() + 1));
            case EXPIRED_TOKEN -> error(401, "Not authorized");
            default -> error(500, "Internal error");
        };
    }

    @Override
    public Map<String, Object> state() {
        Map<String, Object> state = parts.books().state();
        state.put("settings", parts.knobs().all());
        state.put("idle", exchange.isIdle());
        state.put("statisticsRequests", statisticsRequests.get());
        return state;
    }

    @Override
    public void reset() {
        parts.books().reset();
        parts.knobs().reset();
        rates.reset();
        statisticsRequests.set(0);
    }

    @Override
    public Optional<SandboxReply> control(String name, SandboxRequest request) {
        if (!request.method().equals("POST")) {
            return Optional.empty();
        }
        return switch (name) {
            case "call" -> Optional.of(SandboxReply.json(200, exchange.play(request.params())));
            case "settings" -> {
                parts.knobs().turn(request.params());
                yield Optional.of(SandboxReply.json(200, parts.knobs().all()));
            }
            case "webhook" -> {
                String url = String.valueOf(request.params().getOrDefault("url", ""));
                if (!url.isEmpty() && !parts.post().tries(url)) {
                    throw new IllegalArgumentException("the address does not repeat zd_echo");
                }
                parts.books().url(url);
                yield Optional.of(SandboxReply.json(200, Map.of("url", url)));
            }
            default -> Optional.empty();
        };
    }

    @Override
    public SandboxReply handle(SandboxRequest request) {
        if (request.path().startsWith(DOWNLOAD)) {
            return download(request.path().substring(DOWNLOAD.length()));
        }
        Map<String, Object> params = request.method().equals("GET") ? request.queryParams() : request.bodyParams();
        String wanted = KEY + ":" + parts.seal().ofRequest(request.path(), params);
        if (!request.header("authorization").orElse("").equals(wanted)) {
            return error(401, "Not authorized");
        }
        if (request.path().startsWith("/v1/statistics/")) {
            statisticsRequests.incrementAndGet();
        }
        if (!limited) {
            return answer(request, params);
        }
        Rates.Ticket ticket = rates.take(request.path());
        return ticket.on(ticket.allowed() ? answer(request, params) : error(429, "You exceeded the rate limit"));
    }

    private SandboxReply answer(SandboxRequest request, Map<String, Object> params) {
        Matcher extension = EXTENSION.matcher(request.path());
        if (extension.matches()) {
            return extension(extension.group(1), extension.group(2));
        }
        return switch (request.method() + " " + request.path()) {
            case "GET /v1/info/balance/" -> success(Map.of("balance", 10.34, "currency", "USD"));
            case "GET /v1/info/timezone/" -> timeZone();
            case "GET /v1/request/callback/" -> callback(params);
            case "GET /v1/pbx/internal/" ->
                success(Map.of(
                        "pbx_id",
                        1234,
                        "numbers",
                        parts.knobs().texts("extensions").stream()
                                .map(Integer::valueOf)
                                .toList()));
            case "GET /v1/pbx/record/request/" -> record(params);
            case "GET /v1/statistics/pbx/" -> statistics(params);
            case "GET /v1/pbx/callinfo/" ->
                success(Map.of(
                        "url",
                        parts.books().url(),
                        "notifications",
                        parts.books().flags()));
            case "POST /v1/pbx/callinfo/url/" -> register(String.valueOf(params.getOrDefault("url", "")));
            case "DELETE /v1/pbx/callinfo/url/" -> {
                parts.books().url("");
                yield success(Map.of("url", ""));
            }
            case "POST /v1/pbx/callinfo/notifications/" -> {
                params.forEach((name, value) -> parts.books().flag(name, "true".equals(value)));
                yield success(Map.of("notifications", parts.books().flags()));
            }
            case "GET /v1/direct_numbers/" ->
                success(Map.of(
                        "info", List.of(Map.of("number", parts.knobs().text("line"), "status", "on", "sip", "00001"))));
            // A path without its last slash is not the one that was signed.
            default -> request.path().endsWith("/") ? error(404, "Method not found") : error(401, "Not authorized");
        };
    }

    private SandboxReply extension(String number, String what) {
        if (!parts.knobs().texts("extensions").contains(number)) {
            return error(404, "Extension not found");
        }
        boolean online = !parts.knobs().texts("offline").contains(number);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("pbx_id", 1234);
        answer.put("number", Integer.valueOf(number));
        if (what.equals("status")) {
            answer.put("is_online", Boolean.toString(online));
        } else {
            answer.put("name", "Extension " + number);
            answer.put("lines", "3");
        }
        return success(answer);
    }

    private SandboxReply timeZone() {
        Instant now = parts.books().now();
        int minutes = parts.knobs().zone().getRules().getOffset(now).getTotalSeconds() / 60;
        String zone = "UTC" + (minutes < 0 ? "-" : "+") + Math.abs(minutes / 60)
                + (minutes % 60 == 0 ? "" : ":" + Math.abs(minutes % 60));
        return success(Map.of(
                "unixtime", now.getEpochSecond(), "datetime", parts.books().wall(now), "timezone", zone));
    }

    private SandboxReply callback(Map<String, Object> params) {
        String from = String.valueOf(params.getOrDefault("from", ""));
        String to = String.valueOf(params.getOrDefault("to", ""));
        if (!parts.knobs().texts("extensions").contains(from) || !to.matches("\\+?[0-9]{5,15}")) {
            return error(400, "Check your phone number");
        }
        long time = parts.books().now().getEpochSecond();
        String how = parts.knobs().text("callbackKind");
        String kind = how.equals("answered") ? "callback" : "callback-" + how;
        parts.books().callback(Map.of("from", from, "to", to, "time", time));
        exchange.play(Map.of("kind", kind, "extension", from, "to", to));
        return success(Map.of("from", from, "to", to, "time", time));
    }

    private SandboxReply record(Map<String, Object> params) {
        String callId = String.valueOf(params.getOrDefault("call_id", ""));
        String pbxCallId = String.valueOf(params.getOrDefault("pbx_call_id", ""));
        String name = callId.isEmpty()
                ? parts.books()
                        .find(pbxCallId)
                        .map(call -> String.valueOf(call.state().get("recording")))
                        .orElse("")
                : callId;
        if (!parts.books().isReady(name)) {
            return error(404, "File not found");
        }
        long lifetime = number(params, "lifetime", 1800);
        if (lifetime < 180 || lifetime > 5_184_000) {
            return error(400, "Wrong lifetime");
        }
        String token = parts.books().hex(12);
        Instant till = parts.books().link(token, name, lifetime);
        String link = here.get() + DOWNLOAD + token + "/" + name + ".mp3";
        Map<String, Object> answer = new LinkedHashMap<>();
        if (pbxCallId.isEmpty() && !parts.knobs().on("links")) {
            answer.put("link", link);
        } else {
            answer.put("links", List.of(link));
        }
        answer.put("lifetime_till", parts.books().wall(till));
        return success(answer);
    }

    private SandboxReply download(String rest) {
        String token = rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest;
        Optional<String> name = parts.books().behind(token);
        if (name.isEmpty()) {
            return SandboxReply.text(404, "text/html", "<html><body>Not found</body></html>");
        }
        return new SandboxReply(200, "audio/mpeg", sound(name.get()), Map.of());
    }

    /** {@return the bytes of a recording: the same for the same name} */
    static byte[] sound(String name) {
        byte[] bytes = new byte[FILE_SIZE];
        new Random(name.hashCode()).nextBytes(bytes);
        byte[] head = "ID3".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, bytes, 0, head.length);
        return bytes;
    }

    private SandboxReply register(String url) {
        if (!parts.post().tries(url)) {
            return error(400, "Wrong url");
        }
        parts.books().url(url);
        return success(Map.of("url", url));
    }

    private SandboxReply statistics(Map<String, Object> params) {
        String start = String.valueOf(params.getOrDefault("start", ""));
        String end = String.valueOf(params.getOrDefault("end", ""));
        String shape = "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}";
        if (!start.matches(shape) || !end.matches(shape) || days(start, end) > 31) {
            return error(400, "Wrong period");
        }
        String type = String.valueOf(params.getOrDefault("call_type", ""));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Played call : parts.books().over(type.isEmpty() ? "" : type + "_")) {
            String wall = parts.books().wall(call.startedAt());
            if (wall.compareTo(start) >= 0 && wall.compareTo(end) <= 0) {
                rows.add(call.row(wall));
            }
        }
        int skip = (int) Math.min(rows.size(), number(params, "skip", 0));
        int limit = (int) Math.min(1000, number(params, "limit", 1000));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("start", start);
        answer.put("end", end);
        answer.put("version", 2);
        answer.put("stats", rows.subList(skip, Math.min(rows.size(), skip + limit)));
        return success(answer);
    }

    private static long days(String start, String end) {
        return ChronoUnit.DAYS.between(LocalDate.parse(start.substring(0, 10)), LocalDate.parse(end.substring(0, 10)));
    }

    private static long number(Map<String, Object> params, String name, long fallback) {
        String text = String.valueOf(params.getOrDefault(name, fallback));
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : fallback;
    }

    private static SandboxReply success(Map<String, Object> members) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", "success");
        answer.putAll(members);
        return SandboxReply.json(200, answer);
    }

    private static SandboxReply error(int status, String message) {
        return SandboxReply.json(status, Map.of("status", "error", "message", message));
    }
}
