// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.connector.Memory;
import io.cordboard.http.Json;
import io.cordboard.mango.MangoNotice.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was told of each call that is not long over: one call's notices are taken one after the other, those of
 * different calls side by side. Survives a restart. Safe for use by many threads.
 */
final class MangoBook {
    private static final String PREFIX = "notice/";
    private static final Duration LATECOMERS = Duration.ofMinutes(10);
    private static final Duration FORGOTTEN = Duration.ofHours(6);
    private static final int MOST = 400;

    private final String account;
    private final Memory memory;
    private final MangoNumbers numbers;
    private final Duration shift;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    MangoBook(String account, Memory memory, MangoNumbers numbers, Duration shift) {
        this.account = account;
        this.memory = memory;
        this.numbers = numbers;
        this.shift = shift;
        restore();
    }

    /**
     * Takes a notice: first what it says is told, then it is remembered; so one whose telling failed is new again.
     *
     * @param sink is told what the notice makes known
     * @return the call as it is known by now, or empty when the notice was known already
     */
    Optional<MangoJourney> take(MangoNotice notice, Instant now, Consumer<List<CallEvent>> sink) {
        Entry entry = entries.computeIfAbsent(notice.entry(), Entry::new);
        synchronized (entry) {
            if (entry.notices.containsKey(notice.key()) || entry.notices.size() >= MOST) {
                return Optional.empty();
            }
            Map<String, MangoNotice> all = new LinkedHashMap<>(entry.notices);
            all.put(notice.key(), notice);
            MangoJourney journey = journey(entry, all);
            List<CallEvent> news = entry.news(journey.events());
            if (!news.isEmpty()) {
                sink.accept(news);
            }
            memory.put(
                    PREFIX + notice.entry() + " " + all.size(),
                    now.toEpochMilli() + " " + notice.kind() + " " + notice.json());
            entry.remember(all, news, now);
            return Optional.of(journey);
        }
    }

    /** {@return what is known of a call, if it is not long over} */
    Optional<MangoJourney> find(String id) {
        Entry entry = entries.get(id);
        if (entry == null) {
            return Optional.empty();
        }
        synchronized (entry) {
            return Optional.of(journey(entry, entry.notices));
        }
    }

    /**
     * Ends the calls whose record does not come, and forgets those that are long over.
     *
     * @param summaryWait how long the record is waited for
     * @param sink is told of the ends
     * @return how many calls were ended so
     */
    int sweep(Instant now, Duration summaryWait, Consumer<List<CallEvent>> sink) {
        int ended = 0;
        for (Entry entry : List.copyOf(entries.values())) {
            synchronized (entry) {
                Duration quiet = Duration.between(entry.heard, now);
                Optional<CallEvent.Ended> end = entry.over || quiet.compareTo(summaryWait) < 0
                        ? Optional.empty()
                        : journey(entry, entry.notices).endByLegs();
                if (end.isPresent()) {
                    sink.accept(List.of(end.get()));
                    entry.over = true;
                    ended++;
                }
                if (quiet.compareTo(entry.over ? LATECOMERS : FORGOTTEN) > 0) {
                    entries.remove(entry.id, entry);
                    memory.removeAll(
                            memory.startingWith(PREFIX + entry.id + " ").keySet());
                }
            }
        }
        return ended;
    }

    private MangoJourney journey(Entry entry, Map<String, MangoNotice> notices) {
        return new MangoJourney(new CallId(account, entry.id), numbers, new ArrayList<>(notices.values()));
    }

    private void restore() {
        memory.startingWith(PREFIX).forEach((key, value) -> {
            String[] parts = value.split(" ", 3);
            MangoNotice notice = parts.length == 3 ? notice(parts[1], parts[2]) : null;
            if (notice == null) {
                memory.remove(key);
                return;
            }
            Instant at = Instant.ofEpochMilli(Long.parseLong(parts[0]));
            Entry entry = entries.computeIfAbsent(notice.entry(), Entry::new);
            Map<String, MangoNotice> all = new LinkedHashMap<>(entry.notices);
            all.put(notice.key(), notice);
            entry.remember(all, List.of(), at.isAfter(entry.heard) ? at : entry.heard);
        });
    }

    private @Nullable MangoNotice notice(String kind, String json) {
        return Json.parse(json)
                .map(node -> new MangoNotice(Kind.valueOf(kind), node, shift))
                .orElse(null);
    }

    /** One call; whoever touches it holds its lock. */
    private static final class Entry {
        private final String id;
        private Map<String, MangoNotice> notices = Map.of();
        private final Map<String, Instant> told = new HashMap<>();
        private Instant heard = Instant.EPOCH;
        private boolean over;

        Entry(String id) {
            this.id = id;
        }

        /** {@return what was not told yet, or told with a later time} */
        List<CallEvent> news(List<CallEvent> events) {
            return events.stream()
                    .filter(event -> {
                        Instant before = told.get(event.key());
                        return before == null || event.at().isBefore(before);
                    })
                    .toList();
        }

        void remember(Map<String, MangoNotice> all, List<CallEvent> news, Instant now) {
            notices = all;
            news.forEach(event -> told.put(event.key(), event.at()));
            heard = now;
            over |= all.values().stream().anyMatch(notice -> notice.kind() == Kind.SUMMARY);
        }
    }
}
