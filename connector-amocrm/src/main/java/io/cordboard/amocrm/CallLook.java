// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.Reason;
import io.cordboard.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the account has the note of a call already, after an answer that was lost: by the call's own mark, on
 * the card where it was written, or among the account's events when the account chose the card.
 */
final class CallLook {
    private static final Duration BEFORE = Duration.ofMinutes(5);
    /** A request whose answer was lost is worked on for minutes at most, and clocks differ. */
    private static final Duration AFTER = Duration.ofMinutes(15);
    /** What was tried within so long is looked for at once. */
    private static final Duration TOGETHER = Duration.ofHours(1);

    private static final int NOTES = 250;
    private static final int EVENTS = 100;
    private static final int IDS = 50;
    private static final int MOST_PAGES = 40;
    private static final List<String> TYPES = List.of("call_in", "call_out");

    private final AmoApi api;
    private final Journal journal;

    CallLook(AmoApi api, Journal journal) {
        this.api = api;
        this.journal = journal;
    }

    /** {@return the notes that are there, by the call's mark; works whose look failed are ended} */
    Map<String, Journal.Trace> find(Collection<CallWork> works) {
        Map<String, Journal.Trace> found = new HashMap<>();
        if (works.isEmpty()) {
            return found;
        }
        Map<String, List<CallWork>> byKind = new LinkedHashMap<>();
        List<CallWork> anywhere = new ArrayList<>();
        for (CallWork work : works) {
            // What was tried without a card may be on any, whichever card the call has got since.
            Optional<Journal.Try> tried = journal.tried(work.key());
            Card card = (tried.isPresent() ? tried.flatMap(Journal.Try::card) : work.card()).orElse(null);
            if (card != null) {
                work.card(card);
                byKind.computeIfAbsent(card.kind(), kind -> new ArrayList<>()).add(work);
            } else {
                anywhere.add(work);
            }
        }
        byKind.forEach((kind, there) -> onCards(kind, there, found));
        amongEvents(anywhere, found);
        return found;
    }

    private void onCards(String kind, List<CallWork> works, Map<String, Journal.Trace> found) {
        for (int from = 0; from < works.size(); from += IDS) {
            List<CallWork> part = works.subList(from, Math.min(works.size(), from + IDS));
            Set<String> ids = new TreeSet<>();
            part.forEach(work -> work.card().ifPresent(card -> ids.add(card.id())));
            Fault fault = notes(kind, "filter[entity_id][]", ids, since(part), found);
            if (fault != null) {
                part.forEach(work -> work.end(fault.asRepeatable()));
            }
        }
    }

    /** An account may have more events in a week than can be looked through, but not in an hour. */
    private void amongEvents(List<CallWork> works, Map<String, Journal.Trace> found) {
        List<CallWork> left = new ArrayList<>(works);
        left.sort(Comparator.comparing(this::first));
        while (!left.isEmpty()) {
            Instant end = first(left.get(0)).plus(TOGETHER);
            List<CallWork> part =
                    left.stream().filter(work -> !first(work).isAfter(end)).toList();
            left.removeAll(part);
            Fault fault = amongEvents(new Span(since(part), until(part)), found);
            if (fault != null) {
                part.forEach(work -> work.end(fault.asRepeatable()));
            }
        }
    }

    private @Nullable Fault amongEvents(Span span, Map<String, Journal.Trace> found) {
        Map<String, Set<String>> notes = new LinkedHashMap<>();
        Fault fault = events(span, notes);
        for (Map.Entry<String, Set<String>> kind : notes.entrySet()) {
            List<String> ids = List.copyOf(kind.getValue());
            for (int from = 0; fault == null && from < ids.size(); from += IDS) {
                List<String> part = ids.subList(from, Math.min(ids.size(), from + IDS));
                fault = notes(kind.getKey(), "filter[id][]", part, null, found);
            }
        }
        return fault;
    }

    private @Nullable Fault events(Span span, Map<String, Set<String>> notes) {
        for (int page = 1; page <= MOST_PAGES; page++) {
            Query query = Query.of("api/v4/events")
                    .andAll("filter[type][]", List.of("incoming_call", "outgoing_call"))
                    .and("filter[created_at][from]", span.since().getEpochSecond())
                    .and("limit", EVENTS)
                    .and("page", page);
            if (span.until() != null) {
                query.and("filter[created_at][to]", span.until().getEpochSecond());
            }
            Reply reply = api.get(Traffic.WRITE, query);
            if (reply.fault() != null) {
                return reply.fault();
            }
            for (JsonNode event : reply.list("events")) {
                for (JsonNode value : event.path("value_after")) {
                    String note = Json.text(value.path("note"), "id");
                    Card.kind(Json.text(event, "entity_type"))
                            .filter(kind -> !note.isEmpty())
                            .ifPresent(kind -> notes.computeIfAbsent(kind, k -> new LinkedHashSet<>())
                                    .add(note));
                }
            }
            if (!reply.hasNext()) {
                return null;
            }
        }
        return tooMuch();
    }

    /** What was not looked through to the end may be there. */
    private static Fault tooMuch() {
        return Fault.of(Reason.UNAVAILABLE, "lists more than can be looked through");
    }

    /** Filters that the account does not know are ignored by it, so that the marks alone decide. */
    private @Nullable Fault notes(
            String kind,
            String filter,
            Collection<String> ids,
            @Nullable Instant since,
            Map<String, Journal.Trace> found) {
        for (int page = 1; page <= MOST_PAGES; page++) {
            Query query = Query.of("api/v4/" + kind + "/notes")
                    .andAll(filter, ids)
                    .andAll("filter[note_type][]", TYPES)
                    .and("limit", NOTES)
                    .and("page", page);
            if (since != null) {
                query.and("filter[updated_at][from]", since.getEpochSecond());
            }
            Reply reply = api.get(Traffic.WRITE, query);
            if (reply.fault() != null) {
                return reply.fault();
            }
            for (JsonNode note : reply.list("notes")) {
                trace(kind, note, found);
            }
            if (!reply.hasNext()) {
                return null;
            }
        }
        return tooMuch();
    }

    private static void trace(String kind, JsonNode note, Map<String, Journal.Trace> found) {
        String uniq = Json.text(note.path("params"), "uniq");
        Card.of(kind, Json.text(note, "entity_id"))
                .filter(card -> !uniq.isEmpty())
                .ifPresent(card -> found.putIfAbsent(uniq, new Journal.Trace(Json.text(note, "id"), card, "")));
    }

    private Instant since(Collection<CallWork> works) {
        return works.stream()
                .map(this::first)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH)
                .minus(BEFORE);
    }

    /** A note carries the call's own time in some lists and the time of writing in others: the earlier one is safe. */
    private Instant first(CallWork work) {
        Instant started = work.write().startedAt();
        Instant tried = journal.tried(work.key()).map(Journal.Try::at).orElse(started);
        return started.isBefore(tried) ? started : tried;
    }

    /** {@return the end of what has to be looked through, or null when that is now} */
    private @Nullable Instant until(Collection<CallWork> works) {
        Instant until = Instant.EPOCH;
        for (CallWork work : works) {
            Optional<Instant> last = journal.tried(work.key()).flatMap(Journal.Try::last);
            if (last.isEmpty()) {
                return null;
            }
            until = last.get().isAfter(until) ? last.get() : until;
        }
        return until.plus(AFTER);
    }

    /**
     * What is looked through. Immutable.
     *
     * @param since from when
     * @param until to when, or null for now
     */
    private record Span(Instant since, @Nullable Instant until) {}
}
