// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Forgets old calls: a call goes as a whole, with its events and deliveries, because a delivery that is forgotten alone
 * would be planned again by a late record of its call.
 */
final class Retention {
    private static final int TOGETHER = 100;

    /** Settled or part of another call, nothing of it on its way, and nothing on its way that waits for it. */
    private static final String OLD = """
            SELECT c.call FROM calls c
            WHERE c.started_at < ? AND c.stored <= c.contained AND (c.state = 'SETTLED' OR c.absorbed = 1)
              AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.call = c.call AND d.state <> 'DONE')
              AND NOT EXISTS (SELECT 1 FROM deliveries d JOIN deliveries w
                                ON w.account = d.account AND w.after = d.key
                              WHERE d.call = c.call AND w.state <> 'DONE')
            ORDER BY c.started_at LIMIT ?
            """;

    private static final List<String> DELETES = List.of(
            "DELETE FROM deliveries WHERE call = ?",
            "DELETE FROM events WHERE call = ?",
            "DELETE FROM cards WHERE call = ?",
            "DELETE FROM calls WHERE call = ?");

    /** The last one says what the agent did afterwards. */
    private static final String OLD_TURNS = """
            DELETE FROM turns WHERE (agent, at) IN (
              SELECT t.agent, t.at FROM turns t
              WHERE t.at < ? AND EXISTS (SELECT 1 FROM turns n WHERE n.agent = t.agent AND n.at > t.at)
              LIMIT ?)
            """;

    private Retention() {}

    /** {@return how many calls were forgotten; other writes go on between the batches} */
    static int forget(Writer writer, Instant before) {
        int forgotten = 0;
        int some;
        do {
            some = writer.perform(link -> forgetSome(link, before));
            forgotten += some;
        } while (some == TOGETHER);
        int turns;
        do {
            turns = writer.perform(link -> link.update(OLD_TURNS, before, TOGETHER));
        } while (turns == TOGETHER);
        return forgotten;
    }

    private static int forgetSome(Link link, Instant before) throws SQLException {
        List<String> calls = link.query(OLD, row -> row.getString(1), before, TOGETHER);
        for (String call : calls) {
            for (String delete : DELETES) {
                link.update(delete, call);
            }
        }
        return calls.size();
    }
}
