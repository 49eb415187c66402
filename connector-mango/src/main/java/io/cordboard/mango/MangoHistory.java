// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.call.CallEvent;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.http.Answer;
import io.cordboard.http.Counts;
import io.cordboard.http.Json;
import io.cordboard.mango.MangoApi.Limit;
import io.cordboard.pbx.CallHistory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Asks the statistics which calls there were. Each page is ordered first and fetched when it is ready. Safe for use by
 * many threads.
 */
final class MangoHistory implements CallHistory {
    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm:ss", Locale.ROOT);
    // One of the few numbers that Mango takes.
    private static final int PAGE = 5000;
    // Less than thirty days; thirty are refused.
    private static final Duration LONGEST = Duration.ofDays(29);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final MangoApi api;
    private final MangoSettings settings;
    private final MangoDirectory directory;
    private final MangoStatistics statistics;
    private final Predicate<String> known;
    private final String account;
    private final Clock clock;
    private final Counts counts;

    MangoHistory(
            Mango.Parts parts, MangoApi api, MangoDirectory directory, MangoNumbers numbers, Predicate<String> known) {
        this.api = api;
        this.settings = parts.settings();
        this.directory = directory;
        this.statistics = new MangoStatistics(numbers, directory::extension);
        this.known = known;
        this.account = parts.context().account();
        this.clock = parts.context().clock();
        this.counts = parts.counts();
    }

    @Override
    public Page since(String cursor) {
        Instant now = clock.instant();
        if (cursor.isBlank()) {
            // Calls from before the first start are somebody else's: to write them would double their records.
            return new Page(List.of(), now.getEpochSecond() + "/" + now.getEpochSecond(), false);
        }
        Place place = place(cursor, now);
        return settings.oldStatistics() ? rows(place, now) : calls(place, now);
    }

    // --- v2

    private Page calls(Place place, Instant now) {
        ObjectNode params = MangoCommands.params()
                .put("start_date", wall(place.from()))
                .put("end_date", wall(place.to()))
                .put("limit", PAGE)
                .put("offset", place.skip());
        String key = key(api.ask(Limit.STATISTICS, "stats/calls/request/", params));
        List<JsonNode> list = new ArrayList<>();
        for (JsonNode part : complete(key).path("data")) {
            part.path("list").forEach(list::add);
        }
        boolean strangers = list.stream()
                .flatMap(call -> MangoStatistics.users(call).stream())
                .anyMatch(user -> directory.extension(user).isEmpty());
        if (strangers) {
            directory.load();
        }
        List<CallEvent> events = new ArrayList<>();
        list.stream()
                .filter(call -> !known.test(Json.text(call, "entry_id")))
                .map(statistics::call)
                .flatMap(Optional::stream)
                .forEach(past -> tell(past, place, now, events));
        return list.size() >= PAGE
                ? new Page(events, place.write(place.skip() + list.size()), true)
                : place.done(events, now);
    }

    /** What is only in work may hold a part of the calls already, and is not read. */
    private JsonNode complete(String key) {
        Instant deadline = clock.instant().plus(PATIENCE);
        while (true) {
            JsonNode answer = api.ask(
                    Limit.GENERAL, "stats/calls/result/", MangoCommands.params().put("key", key));
            switch (Json.text(answer, "status")) {
                case "complete" -> {
                    return answer;
                }
                case "request", "work" -> rest(deadline);
                default ->
                    throw new ConnectorException(
                            Reason.UNAVAILABLE, "Mango did not finish the statistics that were asked for");
            }
        }
    }

    // --- v1

    private Page rows(Place place, Instant now) {
        ObjectNode params = MangoCommands.params()
                .put("date_from", Long.toString(place.from()))
                .put("date_to", Long.toString(place.to()))
                .put("fields", String.join(",", MangoStatistics.COLUMNS))
                .put("request_id", MangoCommands.newId("stats"));
        String key = key(api.ask(Limit.STATISTICS, "stats/request", params));
        List<CallEvent> events = new ArrayList<>();
        statistics.calls(csv(key)).stream()
                .filter(past -> !known.test(past.entry()))
                .forEach(past -> tell(past, place, now, events));
        return place.done(events, now);
    }

    private String csv(String key) {
        Instant deadline = clock.instant().plus(PATIENCE);
        while (true) {
            Answer answer = api.question(
                    Limit.GENERAL, "stats/result", MangoCommands.params().put("key", key));
            if (answer.status() == 200 && !answer.body().startsWith("{")) {
                return answer.body();
            }
            if (answer.status() != 204) {
                JsonNode unused = api.read(answer);
                throw new ConnectorException(Reason.UNAVAILABLE, "Mango answered statistics with something else");
            }
            rest(deadline);
        }
    }

    // --- both

    private void tell(MangoPast past, Place place, Instant now, List<CallEvent> events) {
        // Mango takes whole seconds, and its own idea of where a span ends.
        if (!past.began().isBefore(Instant.ofEpochSecond(place.first()))) {
            events.addAll(past.events(account, now));
            counts.add(MangoCounts.TOLD_BY_HISTORY);
        }
    }

    private static String key(JsonNode answer) {
        String key = Json.text(answer, "key");
        if (key.isEmpty()) {
            throw new ConnectorException(Reason.UNAVAILABLE, "Mango gave no key for the statistics");
        }
        return key;
    }

    private void rest(Instant deadline) {
        if (clock.instant().isAfter(deadline)) {
            throw new ConnectorException(Reason.UNAVAILABLE, "Mango still works at the statistics");
        }
        try {
            TimeUnit.MILLISECONDS.sleep(settings.backfillPoll().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectorException(Reason.UNAVAILABLE, "stopped while waiting for statistics", null, e);
        }
    }

    private String wall(long epochSecond) {
        return WALL.format(LocalDateTime.ofInstant(Instant.ofEpochSecond(epochSecond), settings.timeZone()));
    }

    private Place place(String cursor, Instant now) {
        String[] parts = cursor.strip().split("/", -1);
        try {
            if (parts.length == 4) {
                return new Place(
                        Long.parseLong(parts[0]),
                        Long.parseLong(parts[1]),
                        Integer.parseInt(parts[2]),
                        Long.parseLong(parts[3]));
            }
            long first = parts.length > 1 ? Long.parseLong(parts[1]) : 0;
            long from = Math.max(
                    Long.parseLong(parts[0]) - settings.backfillOverlap().toSeconds(), first);
            long to = Math.min(now.getEpochSecond() + 1, from + LONGEST.toSeconds());
            return new Place(from, to, 0, first);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a cursor of Mango: \"" + cursor + "\"", e);
        }
    }

    /** Where in the statistics. No span begins before the very first look. */
    private record Place(long from, long to, int skip, long first) {
        Page done(List<CallEvent> events, Instant now) {
            return new Page(events, to + "/" + first, to < now.getEpochSecond());
        }

        String write(int nextSkip) {
            return from + "/" + to + "/" + nextSkip + "/" + first;
        }
    }
}
