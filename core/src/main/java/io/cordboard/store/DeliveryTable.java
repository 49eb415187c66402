// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import io.cordboard.call.CallId;
import io.cordboard.crm.CrmWrite;
import io.cordboard.delivery.Delivery;
import io.cordboard.delivery.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outbox.
 *
 * <p>Whether a delivery waits for another one is kept with it ({@code held}), so that asking what is due reads an index
 * of exactly those that wait for nobody. A delivery is held by an earlier pending one of its lane, unless that one
 * itself waits for a parked one, and by the delivery it is to come after until that is done.
 */
final class DeliveryTable implements Outbox {
    private static final String ALL = "SELECT id, account, key, lane, after, body, state, attempts, look_first,"
            + " created_at, tried_since, next_at, reason, ref FROM deliveries ";

    /** The index is named, because SQLite would otherwise sort the whole backlog by its id for every question. */
    private static final String READY =
            ALL + "INDEXED BY deliveries_ready WHERE account = ? AND state = 'PENDING' AND held = 0 AND next_at <= ?";

    static final String DUE = READY + " ORDER BY id LIMIT ?";
    static final String DUE_NEWEST = READY + " ORDER BY id DESC LIMIT ?";

    private static final String HOLD = """
            UPDATE deliveries AS d INDEXED BY deliveries_lane SET held =
              EXISTS (SELECT 1 FROM deliveries e INDEXED BY deliveries_lane
                      WHERE e.account = d.account AND e.lane = d.lane AND e.state = 'PENDING' AND e.id < d.id
                      AND NOT EXISTS (SELECT 1 FROM deliveries p
                                      WHERE p.account = e.account AND p.key = e.after AND p.state = 'PARKED'))
              OR (d.after IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM deliveries a
                                  WHERE a.account = d.account AND a.key = d.after AND a.state = 'DONE'))
            WHERE d.account = ? AND d.state = 'PENDING' AND d.lane = ?
            """;

    private final Readers readers;
    private final Writer writer;
    private final Json json;

    DeliveryTable(Readers readers, Writer writer, Json json) {
        this.readers = readers;
        this.writer = writer;
        this.json = json;
    }

    String body(Delivery delivery) {
        return json.write(delivery.write());
    }

    void add(Link link, Delivery delivery, String body) throws SQLException {
        int added = link.update(
                "INSERT INTO deliveries (account, key, lane, after, call, state, held, attempts, look_first, created_at,"
                        + " tried_since, next_at, reason, ref, body)"
                        + " VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                delivery.account(),
                delivery.key(),
                delivery.lane(),
                delivery.after(),
                delivery.write().call().toString(),
                delivery.state(),
                delivery.attempts(),
                delivery.lookFirst(),
                delivery.createdAt(),
                delivery.triedSince(),
                delivery.nextAt(),
                delivery.reason(),
                delivery.ref(),
                body);
        if (added == 1) {
            settleHolds(link, delivery.account(), delivery.lane(), delivery.key());
        }
    }

    /** After a delivery's state changed: who waits for it, in its lane and by its key. */
    private static void settleHolds(Link link, String account, String lane, String key) throws SQLException {
        link.update(HOLD, account, lane);
        List<String> others = link.query(
                "SELECT DISTINCT lane FROM deliveries INDEXED BY deliveries_after WHERE account = ? AND after = ? AND state = 'PENDING'"
                        + " AND lane <> ?",
                row -> row.getString(1),
                account,
                key,
                lane);
        for (String other : others) {
            link.update(HOLD, account, other);
        }
    }

    @Override
    public void update(List<Delivery> deliveries) {
        writer.perform(link -> {
            for (Delivery delivery : deliveries) {
                update(link, delivery);
            }
            return true;
        });
    }

    private static void update(Link link, Delivery delivery) throws SQLException {
        Optional<String> before =
                link.first("SELECT state FROM deliveries WHERE id = ?", row -> row.getString(1), delivery.id());
        if (before.isEmpty()) {
            throw new SQLException("there is no delivery " + delivery.id());
        }
        link.update(
                "UPDATE deliveries SET state = ?, attempts = ?, look_first = ?, tried_since = ?, next_at = ?,"
                        + " reason = ?, ref = ?"
                        + " WHERE id = ?",
                delivery.state(),
                delivery.attempts(),
                delivery.lookFirst(),
                delivery.triedSince(),
                delivery.nextAt(),
                delivery.reason(),
                delivery.ref(),
                delivery.id());
        if (!before.get().equals(delivery.state().name())) {
            settleHolds(link, delivery.account(), delivery.lane(), delivery.key());
        }
    }

    @Override
    public List<Delivery> due(String account, Instant now, int limit) {
        return readers.read(link -> link.query(DUE, this::delivery, account, now, limit));
    }

    @Override
    public List<Delivery> dueNewest(String account, Instant now, int limit) {
        return readers.read(link -> link.query(DUE_NEWEST, this::delivery, account, now, limit));
    }

    @Override
    public Optional<Instant> nextDue(String account) {
        return readers.read(link -> link.first(
                "SELECT next_at FROM deliveries WHERE account = ? AND state = 'PENDING' AND held = 0"
                        + " ORDER BY next_at LIMIT 1",
                row -> Moments.fromNanos(row.getLong(1)),
                account));
    }

    @Override
    public void hasten(String account, Instant now) {
        writer.perform(link -> {
            link.update(
                    "UPDATE deliveries SET next_at = ? WHERE account = ? AND state = 'PENDING'"
                            + " AND next_at > ? AND tried_since IS NOT NULL",
                    now,
                    account,
                    now);
            return true;
        });
    }

    @Override
    public Optional<Delivery> find(long id) {
        return readers.read(link -> link.first(ALL + "WHERE id = ?", this::delivery, id));
    }

    @Override
    public Optional<Delivery> find(String account, String key) {
        return readers.read(link -> link.first(ALL + "WHERE account = ? AND key = ?", this::delivery, account, key));
    }

    @Override
    public List<Delivery> of(CallId call) {
        return readers.read(link -> link.query(ALL + "WHERE call = ? ORDER BY id", this::delivery, call.toString()));
    }

    @Override
    public List<Delivery> list(Delivery.@Nullable State state, int limit) {
        return readers.read(link -> state == null
                ? link.query(ALL + "ORDER BY id DESC LIMIT ?", this::delivery, limit)
                : link.query(ALL + "WHERE state = ? ORDER BY id DESC LIMIT ?", this::delivery, state, limit));
    }

    @Override
    public long count(String account, Delivery.State state) {
        return readers.read(
                link -> link.number("SELECT count(*) FROM deliveries WHERE account = ? AND state = ?", account, state));
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        long nanos = row.getLong(column);
        return row.wasNull() ? null : Moments.fromNanos(nanos);
    }

    private Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getLong("id"),
                row.getString("account"),
                row.getString("key"),
                row.getString("lane"),
                row.getString("after"),
                json.read(row.getString("body"), CrmWrite.class),
                Delivery.State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                row.getInt("look_first") != 0,
                Moments.fromNanos(row.getLong("created_at")),
                moment(row, "tried_since"),
                Moments.fromNanos(row.getLong("next_at")),
                row.getString("reason"),
                row.getString("ref"));
    }
}
