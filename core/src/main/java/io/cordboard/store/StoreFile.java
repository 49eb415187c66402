// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import io.cordboard.connector.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The folder on disk: opens its connections, lets one program in, checks whose file it is. */
final class StoreFile {
    static final String NAME = "cordboard.db";
    static final String LOCK = "cordboard.lock";
    private static final int BUSY_MILLIS = 5_000;

    private final Path folder;
    private final Path file;
    private final Faults faults;
    private final Object key;

    private StoreFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(NAME);
        this.faults = new Faults(file);
        try {
            createPrivately();
            key = identity();
        } catch (IOException e) {
            throw new StoreException(
                    "The store's folder " + folder + " cannot be written; give this program's user the right to write"
                            + " there, or configure another folder.",
                    e);
        }
    }

    static StoreFile in(Path folder) {
        return new StoreFile(folder);
    }

    Faults faults() {
        return faults;
    }

    /** The store holds personal data and tokens: nobody else's business. */
    private void createPrivately() throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, posix ? permissions("rwx------") : new FileAttribute<?>[0]);
        }
        for (String name : List.of(NAME, LOCK)) {
            try {
                Files.createFile(folder.resolve(name), posix ? permissions("rw-------") : new FileAttribute<?>[0]);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isWritable(folder.resolve(name))) {
                    throw new IOException("not writable: " + name, e);
                }
            }
        }
    }

    private static FileAttribute<?>[] permissions(String text) {
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))};
    }

    private Object identity() throws IOException {
        Object identity = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return identity == null ? file : identity;
    }

    /** Fails when the file was removed or exchanged behind the program's back: what is written would be lost. */
    void verifyThere() {
        try {
            if (identity().equals(key)) {
                return;
            }
        } catch (IOException e) {
            throw new StoreException("The store " + file + " is gone; stop the program and restore it.", e);
        }
        throw new StoreException("The store " + file + " was replaced while in use; restart the program.", null);
    }

    /**
     * {@return what keeps other programs out until it is closed}
     *
     * <p>SQLite's own lock on a file of its own: the system drops it when the process dies, and unlike Java's locks it
     * also survives that a second opener in the same process closes the file again.
     */
    Link lock() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(0);
        try {
            Link link = new Link(config.createConnection("jdbc:sqlite:" + folder.resolve(LOCK)));
            try {
                link.run("PRAGMA journal_mode = MEMORY");
                link.run("BEGIN EXCLUSIVE");
                return link;
            } catch (SQLException e) {
                link.close();
                throw e;
            }
        } catch (SQLiteException e) {
            if (e.getResultCode() == SQLiteErrorCode.SQLITE_BUSY) {
                throw StoreException.inUse(
                        "The store in " + folder
                                + " is in use by another Cordboard; stop that one, or configure another" + " folder.",
                        e);
            }
            throw faults.explain(e);
        } catch (SQLException e) {
            throw faults.explain(e);
        }
    }

    /** {@return the connection that writes; the tables are what they must be} */
    Link writer() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        Link link = new Link(connection);
        try {
            if (!link.query("PRAGMA journal_mode = WAL", row -> row.getString(1))
                    .equals(List.of("wal"))) {
                throw new StoreException(
                        "The disk of the store " + file + " cannot keep a write-ahead log; use a local disk.", null);
            }
            link.run("PRAGMA synchronous = FULL");
            link.run("PRAGMA journal_size_limit = 67108864");
            link.run("PRAGMA cache_size = -32768");
            link.update("BEGIN IMMEDIATE");
            Schema.prepare(link, file);
            link.update("COMMIT");
            return link;
        } catch (SQLException | StoreException e) {
            link.close();
            throw e;
        }
    }

    List<Link> readers(int howMany) throws SQLException {
        List<Link> links = new ArrayList<>();
        try {
            for (int i = 0; i < howMany; i++) {
                SQLiteConfig config = new SQLiteConfig();
                config.setBusyTimeout(BUSY_MILLIS);
                Link link = new Link(config.createConnection("jdbc:sqlite:" + file));
                links.add(link);
                link.run("PRAGMA query_only = ON");
            }
            return links;
        } catch (SQLException e) {
            for (Link link : links) {
                link.close();
            }
            throw e;
        }
    }
}
