// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.call.Direction;
import io.cordboard.call.Extension;
import io.cordboard.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads what the statistics answer: calls with their legs as JSON (v2), or a row for each leg as CSV (v1). Decides
 * nothing by time or memory; knows only whose extension a user id is. Immutable.
 */
final class MangoStatistics {
    /** The columns that are asked of v1, in this order. */
    static final List<String> COLUMNS = List.of(
            "records",
            "start",
            "finish",
            "answer",
            "from_extension",
            "from_number",
            "to_extension",
            "to_number",
            "disconnect_reason",
            "line_number",
            "location",
            "entry_id");

    private final MangoNumbers numbers;
    private final Function<String, Optional<Extension>> extensions;

    MangoStatistics(MangoNumbers numbers, Function<String, Optional<Extension>> extensions) {
        this.numbers = numbers;
        this.extensions = extensions;
    }

    // --- v2

    /** {@return the call that an object of the list is, unless something is missing} */
    Optional<MangoPast> call(JsonNode node) {
        String entry = Json.text(node, "entry_id");
        long start = node.path("context_start_time").asLong(0);
        if (entry.isEmpty() || start <= 0) {
            return Optional.empty();
        }
        Direction direction = switch (Json.text(node, "context_type")) {
            case "2" -> Direction.OUTBOUND;
            case "3" -> Direction.INTERNAL;
            default -> Direction.INBOUND;
        };
        Instant began = Instant.ofEpochSecond(start);
        boolean inbound = direction == Direction.INBOUND;
        String called = Json.text(node, "called_number");
        Extension agent = extensions.apply(Json.text(node, "caller_id")).orElse(null);
        MangoPast past = new MangoPast(entry, direction, began, began.plusSeconds(seconds(node, "duration")))
                .between(
                        direction == Direction.INTERNAL
                                ? called
                                : numbers.read(inbound ? Json.text(node, "caller_number") : called),
                        inbound && !called.isEmpty() ? called : null,
                        agent);
        int code = 0;
        for (JsonNode leg : node.path("context_calls")) {
            code = (int) Math.max(0, leg.path("call_end_reason").asLong(0));
            leg(past, leg);
            leg.path("members").forEach(member -> leg(past, member));
        }
        past.ended(code, Duration.ofSeconds(seconds(node, "talk_duration")));
        return Optional.of(past);
    }

    private void leg(MangoPast past, JsonNode leg) {
        leg.path("recording_id").forEach(id -> past.recorded(id.asText().strip()));
        if (Json.text(leg, "call_type").equals("user")) {
            extensions
                    .apply(Json.text(leg, "call_abonent_id"))
                    .ifPresent(phone -> past.rang(phone, seconds(leg, "talk_duration") > 0));
        }
    }

    /** {@return the user ids in an object of the list} */
    static List<String> users(JsonNode node) {
        List<String> ids = new ArrayList<>();
        Json.id(node, "caller_id").ifPresent(ids::add);
        for (JsonNode leg : node.path("context_calls")) {
            user(leg).ifPresent(ids::add);
            leg.path("members").forEach(member -> user(member).ifPresent(ids::add));
        }
        return ids;
    }

    private static Optional<String> user(JsonNode leg) {
        return Json.text(leg, "call_type").equals("user") ? Json.id(leg, "call_abonent_id") : Optional.empty();
    }

    private static long seconds(JsonNode node, String member) {
        return Math.max(0, node.path(member).asLong(0));
    }

    // --- v1

    /** {@return the calls that a CSV holds: no header, semicolons, nothing quoted, a row for each leg} */
    List<MangoPast> calls(String csv) {
        Map<String, List<Row>> byEntry = new LinkedHashMap<>();
        csv.lines()
                .map(Row::read)
                .flatMap(Optional::stream)
                .forEach(row -> byEntry.computeIfAbsent(row.text("entry_id"), entry -> new ArrayList<>())
                        .add(row));
        List<MangoPast> calls = new ArrayList<>();
        byEntry.forEach((entry, rows) -> calls.add(call(entry, rows)));
        return calls;
    }

    private MangoPast call(String entry, List<Row> rows) {
        Row first = rows.get(0);
        Row last = rows.get(rows.size() - 1);
        boolean inbound = first.extension("from").isEmpty();
        Direction direction = inbound
                ? Direction.INBOUND
                : first.extension("to").isPresent() ? Direction.INTERNAL : Direction.OUTBOUND;
        String customer = switch (direction) {
            case INBOUND -> numbers.read(first.text("from_number"));
            case OUTBOUND -> numbers.read(first.text("to_number"));
            case INTERNAL -> first.extension("to").map(Extension::number).orElse("");
        };
        long end = rows.stream().mapToLong(row -> row.number("finish")).max().orElse(0);
        long talk = rows.stream()
                .filter(row -> row.text("location").equals("abonent") && row.number("answer") > 0)
                .mapToLong(row -> row.number("answer"))
                .min()
                .orElse(0);
        MangoPast past = new MangoPast(
                        entry, direction, Instant.ofEpochSecond(first.number("start")), Instant.ofEpochSecond(end))
                .between(
                        customer,
                        first.text("line_number").isEmpty() ? null : first.text("line_number"),
                        first.extension("from").orElse(null));
        for (Row row : rows) {
            row.recordings().forEach(past::recorded);
            if (row.text("location").equals("abonent")) {
                row.extension("to").ifPresent(phone -> past.rang(phone, row.number("answer") > 0));
            }
        }
        past.ended((int) last.number("disconnect_reason"), Duration.ofSeconds(talk > 0 ? Math.max(0, end - talk) : 0));
        return past;
    }

    /** One leg. Immutable. */
    private record Row(List<String> cells) {
        static Optional<Row> read(String line) {
            List<String> cells = List.of(line.strip().split(";", -1));
            Row row = new Row(cells);
            boolean whole =
                    cells.size() >= COLUMNS.size() && !row.text("entry_id").isEmpty() && row.number("start") > 0;
            return whole ? Optional.of(row) : Optional.empty();
        }

        String text(String column) {
            return cells.get(COLUMNS.indexOf(column)).strip();
        }

        long number(String column) {
            String text = text(column);
            return text.matches("[0-9]{1,11}") ? Long.parseLong(text) : 0;
        }

        Optional<Extension> extension(String side) {
            return MangoNotice.readExtension(text(side + "_extension"));
        }

        /** Written as {@code [id,id]}, in older documents as bare ids. */
        List<String> recordings() {
            return List.of(text("records").replaceAll("[\\[\\]]", "").split(","));
        }
    }
}
