// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.CallState;
import io.cordboard.call.PhoneNumber;
import io.cordboard.playbook.CallCard;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events and cards. A card is kept without its events and gets them back when it is read. */
final class CallTable implements CallShelf {
    /** Not done with: events that the card does not contain, or a call that is neither settled nor part of another. */
    static final String OPEN = "stored > contained OR state IS NULL OR (state <> 'SETTLED' AND absorbed = 0)";

    private final Readers readers;
    private final Json json;

    CallTable(Readers readers, Json json) {
        this.readers = readers;
        this.json = json;
    }

    /** What was made to text beforehand, so that the one writing thread does not have to. */
    record Ready(CallEvent event, String body) {}

    Ready ready(CallEvent event) {
        return new Ready(event, json.write(event));
    }

    void addEvents(Link link, List<Ready> events) throws SQLException {
        Map<CallId, Integer> added = new LinkedHashMap<>();
        for (Ready ready : events) {
            CallEvent event = ready.event();
            String call = event.call().toString();
            int count = link.update(
                    "INSERT INTO events (call, key, at, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    call,
                    event.key(),
                    event.at(),
                    ready.body());
            if (count == 1) {
                added.merge(event.call(), 1, Integer::sum);
            } else if (keepEarlier(link, ready)) {
                link.update("UPDATE calls SET contained = -1 WHERE call = ?", call);
            }
        }
        for (var entry : added.entrySet()) {
            link.update(
                    "INSERT INTO calls (call, pbx, stored, contained) VALUES (?, ?, ?, 0)"
                            + " ON CONFLICT DO UPDATE SET stored = stored + excluded.stored",
                    entry.getKey().toString(),
                    entry.getKey().pbx(),
                    entry.getValue());
        }
    }

    /** Of two events that say the same, the earlier time counts, whichever came first. */
    private static boolean keepEarlier(Link link, Ready ready) throws SQLException {
        CallEvent event = ready.event();
        return link.update(
                        "UPDATE events SET at = ?, body = ? WHERE call = ? AND key = ? AND at > ?",
                        event.at(),
                        ready.body(),
                        event.call().toString(),
                        event.key(),
                        event.at())
                == 1;
    }

    String body(CallCard card) {
        return json.write(card.withCall(withEvents(card.call(), List.of())));
    }

    void put(Link link, CallCard card, String body) throws SQLException {
        Call call = card.call();
        PhoneNumber customer = call.customer().number();
        link.update(
                "INSERT INTO cards (call, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
                call.id().toString(),
                body);
        link.update(
                "INSERT INTO calls (call, pbx, stored, contained, state, absorbed, started_at, customer)"
                        + " VALUES (?, ?, 0, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET contained = excluded.contained,"
                        + " state = excluded.state, absorbed = excluded.absorbed, started_at = excluded.started_at,"
                        + " customer = excluded.customer",
                call.id().toString(),
                call.id().pbx(),
                call.events().size(),
                call.state(),
                call.absorbedInto() != null,
                call.startedAt(),
                customer == null ? null : customer.e164());
    }

    @Override
    public Optional<CallCard> find(CallId id) {
        return readers.read(link -> find(link, id.toString()));
    }

    private Optional<CallCard> find(Link link, String call) throws SQLException {
        Optional<String> body = link.first("SELECT body FROM cards WHERE call = ?", row -> row.getString(1), call);
        if (body.isEmpty()) {
            return Optional.empty();
        }
        CallCard card = json.read(body.get(), CallCard.class);
        List<CallEvent> events = new ArrayList<>(events(link, call));
        events.sort((a, b) -> a.at().compareTo(b.at()));
        return Optional.of(card.withCall(withEvents(card.call(), events)));
    }

    @Override
    public List<CallEvent> events(CallId id) {
        return readers.read(link -> events(link, id.toString()));
    }

    private List<CallEvent> events(Link link, String call) throws SQLException {
        return link.query(
                "SELECT body FROM events WHERE call = ? ORDER BY seq",
                row -> json.read(row.getString(1), CallEvent.class),
                call);
    }

    @Override
    public List<CallCard> list(Query query) {
        StringBuilder sql = new StringBuilder("SELECT call FROM calls WHERE absorbed = 0 AND state IS NOT NULL");
        List<@Nullable Object> values = new ArrayList<>();
        if (!query.states().isEmpty()) {
            sql.append(" AND state IN (")
                    .append(String.join(", ", Collections.nCopies(query.states().size(), "?")))
                    .append(')');
            query.states().stream().map(CallState::name).forEach(values::add);
        }
        Instant since = query.since();
        if (since != null) {
            sql.append(" AND started_at >= ?");
            values.add(since);
        }
        if (query.customer() != null) {
            sql.append(" AND customer = ?");
            values.add(query.customer());
        }
        sql.append(" ORDER BY started_at DESC, call DESC LIMIT ?");
        values.add(query.limit());
        return readers.read(link -> {
            List<CallCard> cards = new ArrayList<>();
            for (String call : link.query(sql.toString(), row -> row.getString(1), values.toArray())) {
                find(link, call).ifPresent(cards::add);
            }
            return cards;
        });
    }

    @Override
    public Set<CallId> unfinished() {
        return readers.read(link -> new LinkedHashSet<>(link.query(
                "SELECT call FROM calls WHERE " + OPEN + " ORDER BY call", row -> CallId.parse(row.getString(1)))));
    }

    private static Call withEvents(Call call, List<CallEvent> events) {
        return new Call(
                call.id(),
                call.direction(),
                call.state(),
                call.customer(),
                call.line(),
                call.queue(),
                call.rang(),
                call.answeredBy(),
                call.consulted(),
                call.agent(),
                call.end(),
                call.endedBy(),
                call.endCode(),
                call.failedParty(),
                call.startedAt(),
                call.answeredAt(),
                call.endedAt(),
                call.times(),
                call.transfers(),
                call.legs(),
                call.recordings(),
                call.dialId(),
                call.absorbedInto(),
                call.corrections(),
                call.why(),
                events);
    }
}
