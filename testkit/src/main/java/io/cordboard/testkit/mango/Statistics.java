// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

import io.cordboard.testkit.Knobs;
import io.cordboard.testkit.SandboxReply;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Both editions of the statistics: ordered first, and fetched when they are ready. */
final class Statistics {
    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm:ss");
    private static final Set<Integer> LIMITS = Set.of(1, 5, 10, 20, 50, 100, 500, 1000, 2000, 5000);
    private static final long DAY = 86_400;
    private static final long KEPT_SECONDS = 60;

    private final Books books;
    private final Knobs knobs;
    private final Post post;

    Statistics(Sandboxed parts) {
        this.books = parts.books();
        this.knobs = parts.knobs();
        this.post = parts.post();
    }

    // --- v1

    Map<String, Object> orderRows(Map<String, Object> params) {
        long from = number(params, "date_from");
        long to = number(params, "date_to");
        if (to < from || to - from > 31 * DAY) {
            throw new Refusal(3111);
        }
        String key = ordered(Map.of("from", from, "to", to, "fields", String.valueOf(params.get("fields"))));
        for (String path : knobs.texts("ready")) {
            post.sendLater(
                    knobs.millis("statsMillis"),
                    "result/" + path,
                    Map.of("key", key, "request_id", String.valueOf(params.getOrDefault("request_id", ""))));
        }
        return Map.of("key", key);
    }

    SandboxReply rows(Map<String, Object> params) {
        Books.Asked asked = books.asked(String.valueOf(params.get("key"))).orElse(null);
        Instant now = books.now();
        if (asked == null || now.isAfter(asked.readyAt().plusSeconds(KEPT_SECONDS))) {
            return SandboxReply.json(404, Map.of("code", 3300));
        }
        if (now.isBefore(asked.readyAt())) {
            return SandboxReply.text(204, "text/plain", "");
        }
        List<String> fields =
                List.of(String.valueOf(asked.params().get("fields")).split(","));
        StringBuilder csv = new StringBuilder();
        for (Played call : within(number(asked.params(), "from"), number(asked.params(), "to"))) {
            for (Leg leg : call.legs()) {
                csv.append(fields.stream().map(field -> cell(field, call, leg)).collect(Collectors.joining(";")))
                        .append('\n');
            }
        }
        return SandboxReply.text(200, "text/csv;charset=UTF-8", csv.toString());
    }

    private static String cell(String field, Played call, Leg leg) {
        return switch (field) {
            case "records" -> "[" + leg.recording + "]";
            case "start" -> Long.toString(leg.startedAt);
            case "finish" -> Long.toString(leg.endedAt);
            case "answer" -> leg.answeredAt == 0 ? "" : Long.toString(leg.answeredAt);
            case "from_extension" -> leg.extension("from");
            case "from_number" -> leg.number("from");
            case "to_extension" -> leg.extension("to");
            case "to_number" -> leg.number("to");
            case "disconnect_reason" -> Integer.toString(leg.reason);
            case "line_number" -> String.valueOf(leg.to.getOrDefault("line_number", ""));
            case "location" -> leg.location;
            case "entry_id" -> call.entry();
            case "create" -> Long.toString(call.startedAt().getEpochSecond());
            default -> "";
        };
    }

    // --- v2

    Map<String, Object> orderCalls(Map<String, Object> params) {
        long from = wall(params, "start_date");
        long to = wall(params, "end_date");
        if (to < from || to - from >= 30 * DAY) {
            throw new Refusal(3111);
        }
        if (!params.containsKey("limit") || !params.containsKey("offset")) {
            throw new Refusal(3103);
        }
        int limit = (int) number(params, "limit");
        if (!LIMITS.contains(limit)) {
            throw new Refusal(3104);
        }
        boolean ints =
                !(params.get("user_ids") instanceof List<?> ids) || ids.stream().allMatch(Number.class::isInstance);
        return Map.of(
                "key",
                ordered(Map.of(
                        "from", from, "to", to, "limit", limit, "offset", number(params, "offset"), "ints", ints)));
    }

    Map<String, Object> calls(Map<String, Object> params) {
        Books.Asked asked = books.asked(String.valueOf(params.get("key"))).orElse(null);
        if (asked == null) {
            return Map.of("result", 1000, "status", "not-found", "data", List.of());
        }
        if (Boolean.FALSE.equals(asked.params().get("ints"))) {
            throw new Refusal(5004);
        }
        boolean ready = !books.now().isBefore(asked.readyAt());
        List<Map<String, Object>> all = within(number(asked.params(), "from"), number(asked.params(), "to")).stream()
                .skip(number(asked.params(), "offset"))
                .limit(number(asked.params(), "limit"))
                .map(Statistics::object)
                .toList();
        // In work there may be a part of it already.
        List<Map<String, Object>> list = ready ? all : all.subList(0, all.size() / 2);
        return Map.of(
                "result",
                1000,
                "status",
                ready ? "complete" : "work",
                "data",
                List.of(Map.of("list", list, "total_calls_count", all.size())));
    }

    private static Map<String, Object> object(Played call) {
        Map<String, Object> object = new LinkedHashMap<>();
        boolean answered = call.talkAt() > 0;
        object.put("entry_id", call.entry());
        object.put("context_type", call.direction() == 0 ? 3 : call.direction());
        object.put("context_status", answered ? 1 : 0);
        if (call.direction() != 1) {
            object.put("caller_id", Users.id(call.from()));
        }
        object.put("caller_number", call.from());
        object.put("called_number", call.to());
        object.put("context_start_time", call.startedAt().getEpochSecond());
        object.put("duration", call.endAt() - call.startedAt().getEpochSecond());
        object.put("talk_duration", answered ? Math.max(1, call.endAt() - call.talkAt()) : 0);
        List<Object> legs = new ArrayList<>();
        call.legs().stream()
                .filter(leg -> leg.location.equals("abonent"))
                .map(Statistics::leg)
                .forEach(legs::add);
        object.put("context_calls", legs);
        return object;
    }

    private static Map<String, Object> leg(Leg leg) {
        Map<String, Object> object = new LinkedHashMap<>();
        boolean user = !leg.extension("to").isEmpty();
        object.put("call_type", user ? "user" : "number");
        object.put("call_abonent_id", Users.id(user ? leg.extension("to") : leg.extension("from")));
        object.put("call_abonent_number", leg.number("to"));
        object.put("call_start_time", leg.startedAt);
        if (leg.answeredAt > 0) {
            object.put("call_answer_time", leg.answeredAt);
        }
        object.put("call_end_time", leg.endedAt);
        object.put("talk_duration", leg.answeredAt == 0 ? 0 : Math.max(1, leg.endedAt - leg.answeredAt));
        object.put("call_end_reason", leg.reason);
        object.put("recording_id", leg.recording.isEmpty() ? List.of() : List.of(leg.recording));
        return object;
    }

    // --- both

    private String ordered(Map<String, Object> params) {
        String key = books.id("b3Z7+wPR/") + "==";
        books.ask(key, params, books.now().plus(knobs.millis("statsMillis")));
        return key;
    }

    private List<Played> within(long from, long to) {
        return books.over().stream()
                .filter(call -> call.startedAt().getEpochSecond() >= from
                        && call.startedAt().getEpochSecond() <= to)
                .toList();
    }

    private long wall(Map<String, Object> params, String name) {
        try {
            return LocalDateTime.parse(String.valueOf(params.getOrDefault(name, "")), WALL)
                    .atZone(knobs.zone())
                    .toEpochSecond();
        } catch (DateTimeParseException e) {
            throw new Refusal(3104);
        }
    }

    private static long number(Map<String, Object> params, String name) {
        String text = String.valueOf(params.getOrDefault(name, ""));
        if (!text.matches("[0-9]{1,11}")) {
            throw new Refusal(text.isEmpty() ? 3103 : 3104);
        }
        return Long.parseLong(text);
    }
}
