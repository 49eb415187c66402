// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.crm.Outcome;
import io.cordboard.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Texts on cards, each once: before one is written again, the card is looked through for it. */
final class TextNotes {
    private static final Duration BEFORE = Duration.ofMinutes(5);
    private static final int ROWS = 250;
    private static final int MOST_PAGES = 8;

    private final CallParts parts;

    TextNotes(CallParts parts) {
        this.parts = parts;
    }

    /** {@return an outcome for each, in their order} */
    List<Outcome> add(List<Wanted> all) {
        Map<Wanted, Outcome> outcomes = new LinkedHashMap<>();
        List<Wanted> left = new ArrayList<>();
        for (Wanted wanted : all) {
            Optional<Journal.Try> tried = parts.journal().tried(wanted.key());
            if (wanted.mayBeDone() || tried.isPresent()) {
                look(wanted, tried).ifPresentOrElse(o -> outcomes.put(wanted, o), () -> left.add(wanted));
            } else {
                left.add(wanted);
            }
        }
        Map<String, List<Wanted>> byKind = new LinkedHashMap<>();
        left.forEach(wanted -> byKind.computeIfAbsent(wanted.card().kind(), kind -> new ArrayList<>())
                .add(wanted));
        byKind.forEach((kind, some) -> write(kind, some, outcomes));
        return all.stream()
                .map(wanted -> outcomes.getOrDefault(wanted, new Outcome.Retry(null, "amoCRM needs another try")))
                .toList();
    }

    private Optional<Outcome> look(Wanted wanted, Optional<Journal.Try> tried) {
        String sought = plain(wanted.text());
        for (int page = 1; page <= MOST_PAGES; page++) {
            Query query = Query.of("api/v4/" + wanted.card() + "/notes")
                    .and("filter[note_type][]", "common")
                    .and("limit", ROWS)
                    .and("page", page);
            tried.map(Journal.Try::at)
                    .map(at -> at.minus(BEFORE))
                    .map(Instant::getEpochSecond)
                    .ifPresent(from -> query.and("filter[updated_at][from]", from));
            Reply reply = parts.api().get(Traffic.WRITE, query);
            if (reply.fault() != null) {
                return Optional.of(reply.fault().asRepeatable());
            }
            for (JsonNode note : reply.list("notes")) {
                if (plain(Json.text(note.path("params"), "text")).equals(sought)) {
                    return Optional.of(new Outcome.Done(Json.text(note, "id")));
                }
            }
            if (!reply.hasNext()) {
                break;
            }
        }
        return Optional.empty();
    }

    private void write(String kind, List<Wanted> some, Map<Wanted, Outcome> outcomes) {
        List<Wanted> left = some;
        for (int round = 0; round < 3 && !left.isEmpty(); round++) {
            Map<String, Optional<Card>> trying = new LinkedHashMap<>();
            left.forEach(wanted -> trying.put(wanted.key(), Optional.of(wanted.card())));
            parts.journal().trying(trying);
            List<Reply> replies = parts.bulk()
                    .post(
                            "api/v4/" + kind + "/notes",
                            "notes",
                            left.stream().map(TextNotes::item).toList());
            List<String> notDone = new ArrayList<>();
            List<Wanted> again = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                Wanted wanted = left.get(i);
                Fault fault = replies.get(i).fault();
                if (fault == null) {
                    outcomes.put(
                            wanted, new Outcome.Done(Json.text(replies.get(i).body(), "id")));
                    continue;
                }
                if (fault.isHarmless()) {
                    notDone.add(wanted.key());
                }
                if (fault.isAboutTheUser() && wanted.user().isPresent()) {
                    again.add(wanted.withoutUser());
                } else {
                    outcomes.put(wanted, fault.asOutcome());
                }
            }
            parts.journal().notDone(notDone);
            left = again;
        }
        parts.echoes().wrote(some.stream().map(Wanted::card).toList());
    }

    private static Map<String, Object> item(Wanted wanted) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("entity_id", wanted.card().number());
        item.put("note_type", "common");
        item.put("params", Map.of("text", wanted.text()));
        wanted.user().map(Long::parseLong).ifPresent(id -> {
            item.put("created_by", id);
            item.put("responsible_user_id", id);
        });
        return item;
    }

    /** Line ends and spaces do not survive everywhere. */
    private static String plain(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /**
     * A text that is to be on a card. Two are the same when their keys are. Immutable.
     *
     * @param key marks the attempt
     * @param card whose it is
     * @param text the text; not blank
     * @param user who wrote it
     * @param mayBeDone whether an earlier attempt may have been done
     */
    record Wanted(String key, Card card, String text, Optional<String> user, boolean mayBeDone) {
        Wanted withoutUser() {
            return new Wanted(key, card, text, Optional.empty(), mayBeDone);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Wanted wanted && wanted.key.equals(key);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }

        @Override
        public String toString() {
            return key;
        }
    }
}
