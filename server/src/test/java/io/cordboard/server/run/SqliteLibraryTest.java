// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLibraryTest {
    private static final String PROPERTY = "org.sqlite.tmpdir";

    private final @Nullable String before = System.getProperty(PROPERTY);

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void nobodyHasChosenAPlace() {
        System.clearProperty(PROPERTY);
    }

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, before);
        }
    }

    @Test
    void whatAKilledRunLeftIsRemovedAtTheNextStart() throws IOException {
        Path store = folder.resolve("data");
        Path left = Files.createDirectories(store.resolve("native")).resolve("sqlite-3.50-abc-libsqlitejdbc.so");
        Files.writeString(left, "a library");

        SqliteLibrary library = SqliteLibrary.in(store);
        assertThat(left).doesNotExist();
        assertThat(System.getProperty(PROPERTY))
                .isEqualTo(store.resolve("native").toString());

        Files.writeString(left, "a library");
        library.remove();
        assertThat(store.resolve("native")).isEmptyDirectory();
    }

    @Test
    void aPlaceThatTheUserChoseStays() {
        System.setProperty(PROPERTY, "/opt/native");
        SqliteLibrary.in(folder).remove();
        assertThat(System.getProperty(PROPERTY)).isEqualTo("/opt/native");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aStoreThatCannotBeWrittenIsLeftToSaySoItself() throws IOException {
        Path file = Files.writeString(folder.resolve("data"), "a file, no folder");
        SqliteLibrary.in(file).remove();
        assertThat(System.getProperty(PROPERTY)).isNull();
    }
}
