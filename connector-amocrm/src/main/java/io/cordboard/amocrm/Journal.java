// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.call.CallId;
import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.Memory;
import io.cordboard.http.Json;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the account is known to hold for each call, and what was tried: on disk, because the account forgives no
 * repetition. Safe for use by many threads.
 */
final class Journal {
    private static final String CALL = "call.";
    private static final String CUSTOMER = "customer.";
    private static final String TICKET = "ticket.";
    private static final String TRIED = "tried.";
    private static final String DONE = "done.";
    private static final String MADE = "made.";
    private static final String HIDDEN = "hidden";
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int LONGEST = 150;

    private final Memory memory;
    private final Clock clock;

    Journal(Memory memory, Clock clock) {
        this.memory = memory;
        this.clock = clock;
    }

    Optional<Trace> call(CallId call) {
        return memory.get(key(CALL, call.toString())).flatMap(Json::parse).flatMap(Trace::read);
    }

    void calls(Map<CallId, Trace> traces) {
        Map<String, String> values = new LinkedHashMap<>();
        traces.forEach((call, trace) -> values.put(key(CALL, call.toString()), trace.write(clock.instant())));
        putAll(values);
    }

    /** {@return the card of the customer that was created for a call, or was found to be there} */
    Optional<Card> customer(CallId call) {
        return memory.get(key(CUSTOMER, call.toString()))
                .flatMap(Json::parse)
                .flatMap(node -> Card.of(Json.text(node, "kind"), Json.text(node, "id")));
    }

    void customers(Map<CallId, Card> cards) {
        Map<String, String> values = new LinkedHashMap<>();
        cards.forEach((call, card) -> values.put(key(CUSTOMER, call.toString()), write(card, Map.of())));
        putAll(values);
    }

    /** {@return the card of callers who hide their number} */
    Optional<Card> hiddenCallers() {
        return memory.get(HIDDEN).map(Card::contact);
    }

    void hiddenCallers(Card card) {
        memory.put(HIDDEN, card.id());
    }

    void forgetHiddenCallers() {
        memory.remove(HIDDEN);
    }

    /** {@return the card that was made for a number, whether or not the account shows it to a search yet} */
    Optional<Card> madeFor(PhoneNumber number) {
        return memory.get(MADE + number.e164())
                .flatMap(Json::parse)
                .flatMap(node -> Card.of(Json.text(node, "kind"), Json.text(node, "id")));
    }

    void madeFor(Map<PhoneNumber, Card> cards) {
        Map<String, String> values = new LinkedHashMap<>();
        cards.forEach((number, card) -> values.put(MADE + number.e164(), write(card, Map.of())));
        putAll(values);
    }

    /** Forgets that a card was made for a number: it is there no longer. */
    void forgetMade(PhoneNumber number) {
        memory.remove(MADE + number.e164());
    }

    void forgetCustomer(CallId call) {
        memory.remove(key(CUSTOMER, call.toString()));
    }

    /** {@return the ticket that was opened under an idempotency key} */
    Optional<Ticket> ticket(String key) {
        return memory.get(key(TICKET, key)).flatMap(Json::parse).flatMap(Ticket::read);
    }

    /** {@return a ticket that was opened, by the account's id of it} */
    Optional<Ticket> ticketById(String id) {
        return tickets().stream()
                .filter(ticket -> ticket.card().id().equals(id))
                .findFirst();
    }

    Set<Ticket> tickets() {
        Set<Ticket> all = new LinkedHashSet<>();
        memory.startingWith(TICKET)
                .values()
                .forEach(text -> Json.parse(text).flatMap(Ticket::read).ifPresent(all::add));
        return all;
    }

    void tickets(Map<String, Ticket> tickets) {
        Map<String, String> values = new LinkedHashMap<>();
        tickets.forEach((key, ticket) ->
                values.put(key(TICKET, key), write(ticket.card(), Map.of("unsorted", ticket.unsorted()))));
        putAll(values);
    }

    /** {@return what is known of an earlier try that may have reached the account} */
    Optional<Try> tried(String key) {
        return memory.get(key(TRIED, key))
                .flatMap(Json::parse)
                .map(node -> new Try(
                        moment(node, "at"),
                        Optional.of(moment(node, "last")).filter(last -> last.isAfter(Instant.EPOCH)),
                        Card.of(Json.text(node, "kind"), Json.text(node, "id"))));
    }

    /** Notes that writes are about to be sent: should the process end, the next one looks first. */
    void trying(Map<String, Optional<Card>> writes) {
        Map<String, String> values = new LinkedHashMap<>();
        Instant now = clock.instant();
        writes.forEach((key, card) -> {
            // What is looked for may have been written at the first try, at the last one, or between.
            Instant first = tried(key).map(Try::at).orElse(now);
            Map<String, Object> value = new LinkedHashMap<>(Map.of("at", first.toString(), "last", now.toString()));
            card.ifPresent(c -> value.putAll(Map.of("kind", c.kind(), "id", c.id())));
            values.put(key(TRIED, key), Json.write(value));
        });
        putAll(values);
    }

    /** Notes that writes certainly did not happen. */
    void notDone(Collection<String> keys) {
        if (!keys.isEmpty()) {
            memory.removeAll(keys.stream().map(key -> key(TRIED, key)).toList());
        }
    }

    /** {@return whether a smaller step is done that leaves no id behind} */
    boolean isDone(String key) {
        return memory.get(key(DONE, key)).isPresent();
    }

    void done(Collection<String> keys) {
        Map<String, String> values = new LinkedHashMap<>();
        String now = Json.write(Map.of("at", clock.instant().toString()));
        keys.forEach(key -> values.put(key(DONE, key), now));
        putAll(values);
    }

    /** Forgets what is too old to be asked for. */
    void tidy() {
        Instant limit = clock.instant().minus(KEPT);
        for (String prefix : new String[] {CALL, CUSTOMER, MADE, TICKET, TRIED, DONE}) {
            memory.startingWith(prefix).forEach((key, value) -> {
                if (Json.parse(value)
                        .map(node -> moment(node, "at"))
                        .orElse(Instant.EPOCH)
                        .isBefore(limit)) {
                    memory.remove(key);
                }
            });
        }
    }

    private String write(Card card, Map<String, String> more) {
        Map<String, Object> value = new LinkedHashMap<>(more);
        value.put("kind", card.kind());
        value.put("id", card.id());
        value.put("at", clock.instant().toString());
        return Json.write(value);
    }

    private void putAll(Map<String, String> values) {
        if (!values.isEmpty()) {
            memory.putAll(values);
        }
    }

    private static Instant moment(JsonNode node, String name) {
        try {
            return Instant.parse(Json.text(node, name));
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private static String key(String prefix, String id) {
        return id.length() <= LONGEST ? prefix + id : prefix + id.substring(0, LONGEST - 9) + "~" + id.hashCode();
    }

    /**
     * The note of one call. Immutable.
     *
     * @param note the note's id
     * @param card whose note it is
     * @param form the note as it was written, as JSON; empty when it was found and not written
     */
    record Trace(String note, Card card, String form) {
        private static Optional<Trace> read(JsonNode node) {
            return Card.of(Json.text(node, "kind"), Json.text(node, "id"))
                    .map(card -> new Trace(Json.text(node, "note"), card, Json.text(node, "form")));
        }

        private String write(Instant now) {
            return Json.write(
                    Map.of("note", note, "kind", card.kind(), "id", card.id(), "form", form, "at", now.toString()));
        }
    }

    /**
     * A ticket. Immutable.
     *
     * @param card the lead, or the task (kind {@code tasks})
     * @param unsorted the uid of the incoming lead that it began as, or empty
     */
    record Ticket(Card card, String unsorted) {
        static Ticket task(String id) {
            return new Ticket(new Card("tasks", id), "");
        }

        static Ticket lead(String id) {
            return new Ticket(Card.lead(id), "");
        }

        boolean isTask() {
            return card.kind().equals("tasks");
        }

        private static Optional<Ticket> read(JsonNode node) {
            String kind = Json.text(node, "kind");
            String id = Json.text(node, "id");
            return id.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Ticket(new Card(kind, id), Json.text(node, "unsorted")));
        }
    }

    /**
     * A write that may have reached the account. Immutable.
     *
     * @param at when it was sent first
     * @param last when it was sent last, if that is known
     * @param card on which card, if that was known
     */
    record Try(Instant at, Optional<Instant> last, Optional<Card> card) {}
}
