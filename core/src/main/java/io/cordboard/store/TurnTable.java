// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import io.cordboard.agent.AgentState;
import io.cordboard.agent.AgentTurn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What agents did when. */
final class TurnTable implements TurnShelf {
    private static final String COLUMNS = "SELECT agent, at, state, detail FROM turns WHERE agent = ?";

    private final Readers readers;
    private final Writer writer;

    TurnTable(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public CompletableFuture<Void> add(AgentTurn turn) {
        return writer.submit(link -> link.update(
                        "INSERT OR REPLACE INTO turns (agent, at, state, detail) VALUES (?, ?, ?, ?)",
                        turn.agent(),
                        turn.at(),
                        turn.state(),
                        turn.detail()))
                .thenApply(done -> null);
    }

    @Override
    public Optional<AgentTurn> last(String agent) {
        return readers.read(link -> link.first(COLUMNS + " ORDER BY at DESC LIMIT 1", TurnTable::turn, agent));
    }

    @Override
    public List<AgentTurn> between(String agent, Instant from, Instant to) {
        return readers.read(link -> {
            List<AgentTurn> turns = new ArrayList<>(
                    link.query(COLUMNS + " AND at < ? ORDER BY at DESC LIMIT 1", TurnTable::turn, agent, from));
            turns.addAll(link.query(COLUMNS + " AND at >= ? AND at < ? ORDER BY at", TurnTable::turn, agent, from, to));
            return turns;
        });
    }

    private static AgentTurn turn(ResultSet row) throws SQLException {
        return new AgentTurn(
                row.getString(1),
                Moments.fromNanos(row.getLong(2)),
                AgentState.valueOf(row.getString(3)),
                row.getString(4));
    }
}
