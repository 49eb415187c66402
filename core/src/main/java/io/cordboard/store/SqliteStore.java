// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import io.cordboard.connector.Memory;
import io.cordboard.connector.StoreException;
import io.cordboard.delivery.Outbox;
import io.cordboard.directory.ContactShelf;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store in one file, {@code cordboard.db}, of one folder: SQLite with a write-ahead log that is flushed before
 * anything is acknowledged. What many threads write at the same time goes to disk together. One process at a time may
 * have it open. Safe for use by many threads.
 */
public final class SqliteStore implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);
    private static final int READERS = 4;

    private final StoreFile file;
    private final Clock clock;
    private final Link lock;
    private final Link link;
    private final Writer writer;
    private final Readers readers;
    private final CallTable calls;
    private final DeliveryTable deliveries;
    private final ContactTable contacts;
    private final TurnTable turns;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SqliteStore(StoreFile file, Clock clock, Link lock) throws SQLException {
        this.file = file;
        this.clock = clock;
        this.lock = lock;
        link = file.writer();
        try {
            readers = new Readers(file.readers(READERS), file.faults());
        } catch (SQLException e) {
            link.close();
            throw e;
        }
        writer = new Writer(link, file.faults());
        Json json = new Json();
        calls = new CallTable(readers, json);
        deliveries = new DeliveryTable(readers, writer, json);
        contacts = new ContactTable(readers, writer, json);
        turns = new TurnTable(readers, writer);
    }

    /**
     * {@return the store in a folder; it is created when it is not there}
     *
     * @param folder the folder
     * @param clock the time
     * @throws StoreException when it cannot be opened or written: another process has it, it belongs to another program
     *     or to a newer version of this one, it is damaged, the folder is read-only, the disk is full
     */
    public static SqliteStore open(Path folder, Clock clock) {
        StoreFile file = StoreFile.in(folder);
        Link lock = file.lock();
        SqliteStore store;
        try {
            store = new SqliteStore(file, clock, lock);
        } catch (SQLException e) {
            close(lock);
            throw file.faults().explain(e);
        } catch (StoreException e) {
            close(lock);
            throw e;
        }
        store.writer.start();
        try {
            store.verifyWritable();
        } catch (StoreException e) {
            store.close();
            throw e;
        }
        return store;
    }

    @Override
    public void commit(Changes changes) {
        writer.perform(work(changes));
    }

    @Override
    public CompletableFuture<Void> commitLater(Changes changes) {
        return writer.submit(work(changes)).thenApply(done -> null);
    }

    /** Texts are made on the caller's thread. */
    private Writer.Work<Boolean> work(Changes changes) {
        List<CallTable.Ready> events =
                changes.events().stream().map(calls::ready).toList();
        List<String> cards = changes.cards().stream().map(calls::body).toList();
        List<String> writes =
                changes.deliveries().stream().map(deliveries::body).toList();
        return on -> {
            calls.addEvents(on, events);
            for (int i = 0; i < cards.size(); i++) {
                calls.put(on, changes.cards().get(i), cards.get(i));
            }
            for (int i = 0; i < writes.size(); i++) {
                deliveries.add(on, changes.deliveries().get(i), writes.get(i));
            }
            return true;
        };
    }

    @Override
    public CallShelf calls() {
        return calls;
    }

    @Override
    public Outbox outbox() {
        return deliveries;
    }

    @Override
    public ContactShelf contacts() {
        return contacts;
    }

    @Override
    public TurnShelf turns() {
        return turns;
    }

    @Override
    public Memory memory(String account) {
        return new MemoryTable(account, readers, writer);
    }

    @Override
    public int forget(Instant before) {
        return Retention.forget(writer, before);
    }

    @Override
    public void verifyWritable() {
        file.verifyThere();
        writer.perform(on -> {
            on.update("INSERT INTO probe (at) VALUES (?)", clock.instant());
            on.update("DELETE FROM probe");
            return true;
        });
    }

    /** Lets tests fill the disk: the file may not grow beyond so many pages; 0 for no limit. */
    void limitPages(long pages) {
        writer.perform(on -> on.number("PRAGMA max_page_count = " + (pages == 0 ? 4_294_967_294L : pages)));
    }

    /** Lets tests write as on a disk that was made read-only. */
    void makeReadOnly() {
        writer.perform(on -> on.update("PRAGMA query_only = ON"));
    }

    /** Lets tests ask how a question is answered. */
    List<String> plan(String sql, Object... values) {
        return readers.read(on -> on.query("EXPLAIN QUERY PLAN " + sql, row -> row.getString("detail"), values));
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        writer.close();
        try {
            readers.close();
        } catch (SQLException e) {
            LOG.warn("The store's readers could not be closed: {}", e.getMessage());
        }
        close(link);
        close(lock);
    }

    private static void close(Link link) {
        try {
            link.close();
        } catch (SQLException e) {
            LOG.warn("A connection of the store could not be closed: {}", e.getMessage());
        }
    }
}
