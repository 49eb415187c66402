// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.connector.StoreException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one thread that writes, when what it does ends in an Error. */
class WriterTest {
    private static final int SECONDS = 10;

    @TempDir
    private Path folder;

    private Link link;
    private Writer writer;

    @BeforeEach
    void open() throws SQLException {
        Path file = folder.resolve("writer.db");
        link = new Link(DriverManager.getConnection("jdbc:sqlite:" + file));
        link.run("CREATE TABLE numbers (number INTEGER PRIMARY KEY)");
        writer = new Writer(link, new Faults(file));
        writer.start();
    }

    @AfterEach
    void close() throws SQLException {
        writer.close();
        link.close();
    }

    private static Writer.Work<Integer> put(int number) {
        return on -> on.update("INSERT INTO numbers VALUES (?)", number);
    }

    private static Writer.Work<Integer> fail(String kind) {
        return on -> {
            on.update("INSERT INTO numbers VALUES (?)", -1);
            switch (kind) {
                case "memory" -> throw new OutOfMemoryError("a test's");
                case "linkage" -> throw new NoClassDefFoundError("a test's");
                case "stack" -> throw new StackOverflowError("a test's");
                default -> throw new AssertionError("a test's");
            }
        };
    }

    private List<Integer> numbers() {
        return writer.perform(on -> on.query("SELECT number FROM numbers ORDER BY number", row -> row.getInt(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "linkage", "stack", "assertion"})
    void anErrorIsToldToWhoseWorkItWasAndTheNextWorkIsDone(String kind) {
        assertThatThrownBy(() -> writer.perform(fail(kind)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a test's");
        writer.perform(put(1));
        assertThat(numbers()).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "linkage", "stack", "assertion"})
    void anErrorInABatchSpoilsNobodyElsesWork(String kind) throws Exception {
        CountDownLatch begin = new CountDownLatch(1);
        CompletableFuture<Boolean> first = writer.submit(on -> {
            try {
                return begin.await(SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new SQLException(e);
            }
        });
        List<CompletableFuture<Integer>> good = new ArrayList<>();
        CompletableFuture<Integer> bad = null;
        for (int i = 0; i < 20; i++) {
            good.add(writer.submit(put(i)));
            if (i == 10) {
                bad = writer.submit(fail(kind));
            }
        }
        begin.countDown();

        assertThat(first.get(SECONDS, TimeUnit.SECONDS)).isTrue();
        for (CompletableFuture<Integer> each : good) {
            assertThat(each.get(SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
        }
        assertThat(bad)
                .failsWithin(SECONDS, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(StoreException.class);
        assertThat(numbers()).hasSize(20).doesNotContain(-1);
    }

    @Test
    void afterItIsClosedWorkIsRefusedAtOnce() {
        writer.close();
        assertThatThrownBy(() -> writer.submit(put(1)))
                .isInstanceOf(StoreException.class)
                .hasMessage("The store is closed.");
    }
}
