// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.delivery.Delivery;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
    @TempDir
    private Path folder;

    @Test
    void aStoreOfTheFirstVersionOpensWithItsDeliveries() throws SQLException {
        Delivery note = Samples.note("main", "k", "a", null);
        Path file = folder.resolve(StoreFile.NAME);
        try (Link old = new Link(DriverManager.getConnection("jdbc:sqlite:" + file))) {
            old.run("PRAGMA journal_mode = WAL");
            Schema.prepare(old, file, 1);
            old.update(
                    "INSERT INTO deliveries (account, key, lane, call, state, held, attempts, look_first, created_at,"
                            + " next_at, body) VALUES (?, ?, ?, ?, 'PARKED', 0, 3, 1, ?, ?, ?)",
                    note.account(),
                    note.key(),
                    note.lane(),
                    note.write().call().toString(),
                    note.createdAt(),
                    note.nextAt(),
                    new Json().write(note.write()));
        }
        try (SqliteStore store = SqliteStore.open(folder, Clock.systemUTC())) {
            Delivery kept = store.outbox().find("main", "k").orElseThrow();
            assertThat(kept.write()).isEqualTo(note.write());
            assertThat(kept.attempts()).isEqualTo(3);
            assertThat(kept.triedSince()).isNull();
            store.commit(new Changes(List.of(), List.of(), List.of(Samples.note("main", "new", "b", null))));
            store.outbox().update(List.of(Samples.in(Delivery.State.DONE, kept)));
        }
        try (SqliteStore store = SqliteStore.open(folder, Clock.systemUTC())) {
            assertThat(store.outbox().list(null, 10))
                    .extracting(Delivery::state)
                    .containsExactlyInAnyOrder(Delivery.State.PENDING, Delivery.State.DONE);
        }
    }
}
