// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.call.CallEvent;
import io.cordboard.connector.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFaultsTest {
    @TempDir
    private Path folder;

    private SqliteStore open() {
        return SqliteStore.open(folder, Clock.systemUTC());
    }

    private void sql(String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("cordboard.db"));
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .message()
                .contains(words)
                .doesNotContain("\n");
    }

    private static CallEvent event(int number) {
        return Samples.queued(Samples.id("1"), Samples.T0.plusSeconds(number), "q" + number);
    }

    @Test
    void aSecondOpenerIsToldThatTheStoreIsInUseAndTheFirstGoesOn() {
        try (SqliteStore first = open()) {
            assertRefused("in use by another Cordboard");
            assertRefused("in use by another Cordboard");
            first.commit(Changes.events(List.of(event(1))));
        }
        try (SqliteStore again = open()) {
            assertThat(again.calls().events(Samples.id("1"))).hasSize(1);
        }
    }

    @Test
    void aStoreOfANewerProgramIsRefused() throws SQLException {
        open().close();
        sql("PRAGMA user_version = 99");
        assertRefused("newer Cordboard", "99");
    }

    @Test
    void aDatabaseOfAnotherProgramIsRefusedAndLeftAsItIs() throws SQLException {
        sql("CREATE TABLE theirs (a)");
        assertRefused("belongs to another program");
        sql("INSERT INTO theirs VALUES (1)");

        sql("PRAGMA application_id = 7", "DROP TABLE theirs");
        assertRefused("belongs to another program");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws IOException {
        Files.writeString(folder.resolve("cordboard.db"), "hello ".repeat(1_000));
        assertRefused("damaged or is no store", "backup");
    }

    @Test
    void aDamagedDatabaseIsRefused() throws IOException {
        open().close();
        try (var file = new RandomAccessFile(folder.resolve("cordboard.db").toFile(), "rw")) {
            file.seek(100);
            file.write("x".repeat(3_900).getBytes(StandardCharsets.US_ASCII));
        }
        assertRefused("damaged", "backup");
    }

    @Test
    void aDatabaseThatAnotherProgramHasLockedIsRefused() throws SQLException {
        open().close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("cordboard.db"));
                var statement = connection.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            assertRefused("locked by another program");
        }
        open().close();
    }

    @Test
    void aFolderThatCannotBeMadeIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> SqliteStore.open(file.resolve("data"), Clock.systemUTC()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void aStoreThatMayNotBeWrittenSaysSo() {
        // As a read-only file system answers; the rights of a file do not bind the user who may do everything.
        try (SqliteStore store = open()) {
            store.makeReadOnly();
            assertThatThrownBy(store::verifyWritable)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot be written")
                    .hasMessageContaining("right to write");
        }
    }

    @Test
    void aFullDiskRefusesNewChangesLosesNothingAndHealsWithoutARestart() {
        int stored = 0;
        try (SqliteStore store = open()) {
            store.limitPages(1);
            try {
                for (int i = 0; i < 10_000; i++) {
                    store.commit(Changes.events(List.of(event(i))));
                    stored++;
                }
            } catch (StoreException e) {
                assertThat(e).hasMessageContaining("is full").hasMessageContaining("free some space");
            }
            assertThat(stored).isLessThan(10_000);
            assertThatThrownBy(() -> store.commit(Changes.events(bulk()))).isInstanceOf(StoreException.class);
            assertThat(store.calls().events(Samples.id("1"))).hasSize(stored);

            store.limitPages(0);
            store.commit(Changes.events(bulk()));
            store.verifyWritable();
        }
        try (SqliteStore again = open()) {
            assertThat(again.calls().events(Samples.id("1"))).hasSize(stored);
            assertThat(again.calls().events(Samples.id("bulk"))).hasSize(500);
        }
    }

    private static List<CallEvent> bulk() {
        List<CallEvent> events = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            events.add(Samples.queued(Samples.id("bulk"), Samples.T0, "queue " + i));
        }
        return events;
    }

    @Test
    void aFileThatIsGoneIsNoticed() throws IOException {
        try (SqliteStore store = open()) {
            Files.move(folder.resolve("cordboard.db"), folder.resolve("elsewhere"));
            assertThatThrownBy(store::verifyWritable)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is gone");
            Files.createFile(folder.resolve("cordboard.db"));
            assertThatThrownBy(store::verifyWritable)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("was replaced");
            Files.move(
                    folder.resolve("elsewhere"), folder.resolve("cordboard.db"), StandardCopyOption.REPLACE_EXISTING);
            store.verifyWritable();
        }
    }

    @Test
    void aClosedStoreSaysSo() {
        SqliteStore store = open();
        store.close();
        assertThatThrownBy(() -> store.commit(Changes.events(List.of(event(1)))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> store.calls().events(Samples.id("1")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
        store.close();
    }

    @Test
    void theFilesAreForThisUserOnly() throws IOException {
        try (SqliteStore store = SqliteStore.open(folder.resolve("new"), Clock.systemUTC())) {
            store.verifyWritable();
            Path file = folder.resolve("new/cordboard.db");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
        }
    }
}
