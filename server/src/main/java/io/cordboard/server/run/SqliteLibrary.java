// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.run;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where SQLite copies its library to before it loads it: into the store's folder, because the copy stays behind when
 * the process is killed, and in the system's folder for temporary files nobody would ever remove it.
 */
public final class SqliteLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);
    private static final String PROPERTY = "org.sqlite.tmpdir";
    private static final String FOLDER = "native";

    private final Path folder;
    private final boolean ours;

    private SqliteLibrary(Path folder, boolean ours) {
        this.folder = folder;
        this.ours = ours;
    }

    /**
     * {@return the place in a store's folder, where nothing is left of earlier runs; where the user has chosen another
     * place by {@code -Dorg.sqlite.tmpdir}, that one stays}
     *
     * @param store the store's folder
     */
    public static SqliteLibrary in(Path store) {
        SqliteLibrary library = new SqliteLibrary(store.resolve(FOLDER), System.getProperty(PROPERTY) == null);
        if (library.ours && library.isThere()) {
            library.remove();
            System.setProperty(PROPERTY, library.folder.toString());
        }
        return library;
    }

    /** A store that cannot be written says so itself when it is opened. */
    private boolean isThere() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownersOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createDirectories(folder, ownersOnly);
            return true;
        } catch (IOException e) {
            LOG.debug("There is no place for SQLite's library in the store: {}", e.toString());
            return false;
        }
    }

    /** Removes the copies; one that is in use goes as well, where the system allows it, and works on. */
    public void remove() {
        if (!ours || !Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> copies = files.filter(
                            file -> file.getFileName().toString().startsWith("sqlite-"))
                    .toList();
            for (Path copy : copies) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            LOG.debug("A copy of SQLite's library could not be removed: {}", e.toString());
        }
    }
}
