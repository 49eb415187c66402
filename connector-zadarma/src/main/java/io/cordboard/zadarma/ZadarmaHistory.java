// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.call.CallEvent;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.http.Json;
import io.cordboard.pbx.CallHistory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Asks the PBX's statistics which calls there were. One page costs one of the three statistics requests that a minute
 * has. Safe for use by many threads.
 */
final class ZadarmaHistory implements CallHistory {
    private static final int PAGE = 1000;
    private static final Duration WITHOUT_CURSOR = Duration.ofHours(12);
    // Zadarma answers for a month at most.
    private static final Duration FARTHEST = Duration.ofDays(28);

    private final ZadarmaApi api;
    private final ZadarmaTime time;
    private final ZadarmaStatistics statistics;
    private final Duration overlap;
    private final Clock clock;
    private final Predicate<String> known;

    ZadarmaHistory(ZadarmaApi api, Zadarma.Parts parts, ZadarmaStatistics statistics, Predicate<String> known) {
        this.api = api;
        this.time = parts.time();
        this.statistics = statistics;
        this.overlap = parts.settings().backfillOverlap();
        this.clock = parts.context().clock();
        this.known = known;
    }

    /** {@return the cursor that never tells what was before now} */
    String fromNow() {
        long now = clock.instant().getEpochSecond();
        return now + "@" + now;
    }

    @Override
    public Page since(String cursor) {
        Place place = place(cursor);
        if (time.zone().isEmpty()) {
            throw new ConnectorException(
                    Reason.UNAVAILABLE, "Zadarma has not told the account's time zone yet; the key timeZone would");
        }
        JsonNode answer = api.askStatistics(
                "/v1/statistics/pbx/",
                Map.of(
                        "start",
                        place.from(time),
                        "end",
                        place.to(time),
                        "version",
                        "2",
                        "call_type",
                        place.type(),
                        "skip",
                        Integer.toString(place.skip()),
                        "limit",
                        Integer.toString(PAGE)));
        JsonNode rows = answer.path("stats");
        Map<String, List<JsonNode>> calls = new LinkedHashMap<>();
        for (JsonNode row : rows) {
            String id = Json.text(row, "pbx_call_id");
            if (!id.isEmpty() && !known.test(id)) {
                calls.computeIfAbsent(id, i -> new ArrayList<>()).add(row);
            }
        }
        List<CallEvent> events = new ArrayList<>();
        Instant now = clock.instant();
        calls.forEach((id, legs) -> events.addAll(statistics.events(id, legs, now)));
        return place.page(rows.size(), events);
    }

    private Place place(String cursor) {
        Instant now = clock.instant();
        String[] halves = cursor.strip().split("@", 2);
        String[] parts = halves[0].split("/", -1);
        try {
            long floor = halves.length < 2 ? 0 : Long.parseLong(halves[1]);
            if (parts.length == 4) {
                Span span = new Span(Long.parseLong(parts[0]), Long.parseLong(parts[1]), floor);
                return new Place(span, parts[2], Integer.parseInt(parts[3]));
            }
            long from = halves[0].isEmpty()
                    ? now.minus(WITHOUT_CURSOR).getEpochSecond()
                    : Long.parseLong(parts[0]) - overlap.toSeconds();
            long earliest = Math.max(floor, now.minus(FARTHEST).getEpochSecond());
            return new Place(new Span(Math.max(from, earliest), now.getEpochSecond(), floor), "in", 0);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a cursor of Zadarma: \"" + cursor + "\"", e);
        }
    }

    /**
     * Seconds since 1970.
     *
     * @param from the first that is asked for
     * @param to the last that is asked for
     * @param floor what was before it is never asked for
     */
    private record Span(long from, long to, long floor) {}

    /** Where in the statistics: first the incoming calls of a span, page by page, then the outgoing ones. */
    private record Place(Span span, String type, int skip) {
        String from(ZadarmaTime time) {
            return time.wall(Instant.ofEpochSecond(span.from()));
        }

        String to(ZadarmaTime time) {
            return time.wall(Instant.ofEpochSecond(span.to()));
        }

        Page page(int rows, List<CallEvent> events) {
            if (rows >= PAGE) {
                return new Page(events, write(type, skip + rows), true);
            }
            return type.equals("in")
                    ? new Page(events, write("out", 0), true)
                    : new Page(events, span.to() + "@" + span.floor(), false);
        }

        private String write(String nextType, int nextSkip) {
            return span.from() + "/" + span.to() + "/" + nextType + "/" + nextSkip + "@" + span.floor();
        }
    }
}
