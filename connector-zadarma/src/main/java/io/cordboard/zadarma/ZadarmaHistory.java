// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.call.CallEvent;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.http.Counts;
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
    // Zadarma answers for a month at most.
    private static final Duration FARTHEST = Duration.ofDays(28);

    private final ZadarmaApi api;
    private final ZadarmaTime time;
    private final ZadarmaStatistics statistics;
    private final Duration overlap;
    private final Clock clock;
    private final Counts counts;
    private final Predicate<String> known;

    ZadarmaHistory(ZadarmaApi api, Zadarma.Parts parts, ZadarmaStatistics statistics, Predicate<String> known) {
        this.api = api;
        this.time = parts.time();
        this.statistics = statistics;
        this.overlap = parts.settings().backfillOverlap();
        this.clock = parts.context().clock();
        this.counts = parts.counts();
        this.known = known;
    }

    @Override
    public Page since(String cursor) {
        if (cursor.isBlank()) {
            // Calls from before the first start are somebody else's: to write them would double their records.
            return Place.atFirst(clock.instant().getEpochSecond());
        }
        Place place = place(cursor);
        if (time.zone().isEmpty() && !api.learnZone(time)) {
            throw new ConnectorException(
                    Reason.UNAVAILABLE, "Zadarma does not tell the account's time zone: set timeZone");
        }
        JsonNode answer = api.askStatistics(
                "/v1/statistics/pbx/",
                Map.of(
                        "start",
                        time.wall(Instant.ofEpochSecond(place.from())),
                        "end",
                        time.wall(Instant.ofEpochSecond(place.to())),
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
        counts.add(ZadarmaCounts.TOLD_BY_HISTORY, calls.size());
        return place.page(rows.size(), events);
    }

    private Place place(String cursor) {
        Instant now = clock.instant();
        String[] parts = cursor.strip().split("/", -1);
        try {
            if (parts.length >= 4) {
                return new Place(
                        Long.parseLong(parts[0]),
                        Long.parseLong(parts[1]),
                        parts[2],
                        Integer.parseInt(parts[3]),
                        parts.length > 4 ? Long.parseLong(parts[4]) : 0);
            }
            long first = parts.length > 1 ? Long.parseLong(parts[1]) : 0;
            long last = Long.parseLong(parts[0]) - overlap.toSeconds();
            long earliest = Math.max(first, now.minus(FARTHEST).getEpochSecond());
            return new Place(Math.max(last, earliest), now.getEpochSecond(), "in", 0, first);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a cursor of Zadarma: \"" + cursor + "\"", e);
        }
    }

    /**
     * Where in the statistics: first the incoming calls of a span, page by page, then the outgoing ones. No span begins
     * before the very first look.
     */
    private record Place(long from, long to, String type, int skip, long first) {
        static Page atFirst(long now) {
            return new Page(List.of(), now + "/" + now, false);
        }

        Page page(int rows, List<CallEvent> events) {
            if (rows >= PAGE) {
                return new Page(events, write(type, skip + rows), true);
            }
            return type.equals("in")
                    ? new Page(events, write("out", 0), true)
                    : new Page(events, to + "/" + first, false);
        }

        private String write(String nextType, int nextSkip) {
            return from + "/" + to + "/" + nextType + "/" + nextSkip + "/" + first;
        }
    }
}
