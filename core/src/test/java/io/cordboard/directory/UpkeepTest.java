// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What the log says when the reading of contacts is cut short. */
final class UpkeepTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.cordboard.directory");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final SmallCrm crm = new SmallCrm("main");
    private final CountDownLatch asked = new CountDownLatch(1);

    @TempDir
    private Path folder;

    private Shelves shelves;

    @BeforeEach
    void open() {
        log.start();
        logger.addAppender(log);
        crm.holds("1", "89161234561");
        shelves = new Shelves(folder, crm);
    }

    @AfterEach
    void close() {
        shelves.close();
        logger.detachAppender(log);
    }

    private void waitUntilInterrupted(RuntimeException then) {
        asked.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw then;
        }
    }

    private List<ILoggingEvent> loud() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatClosingCutsShortIsNoWarning(boolean explained) throws InterruptedException {
        RuntimeException fault = explained
                ? new ConnectorException(Reason.UNAVAILABLE, "the question was interrupted")
                : new IllegalStateException("interrupted");
        crm.beforeFetching(refs -> waitUntilInterrupted(fault));
        shelves.directory().start();
        crm.tellsChanged("1");
        asked.await();

        shelves.directory().close();

        assertThat(loud()).isEmpty();
    }

    @Test
    void aCrmThatCannotBeReadIsAWarning() {
        crm.isDown(Reason.UNAVAILABLE);
        shelves.directory().start();
        await().until(() -> !loud().isEmpty());
        assertThat(loud().get(0).getFormattedMessage()).startsWith("main could not be read");
    }
}
