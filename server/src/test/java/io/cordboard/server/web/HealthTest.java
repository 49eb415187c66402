// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.connector.StoreException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {
    @TempDir
    private Path folder = Path.of("");

    private final MovableClock clock = new MovableClock();

    @Test
    void theStoreIsTriedOnceASecondHoweverOftenSomebodyAsks() {
        AtomicInteger writes = new AtomicInteger();
        StoreProbe probe = new StoreProbe(writes::incrementAndGet, clock);

        assertThat(List.of(probe.writable(), probe.writable(), probe.writable()))
                .containsOnly(true);
        assertThat(writes).hasValue(1);
        clock.move(Duration.ofMillis(999));
        assertThat(probe.writable()).isTrue();
        assertThat(writes).hasValue(1);
        clock.move(Duration.ofMillis(1));
        assertThat(probe.writable()).isTrue();
        assertThat(writes).hasValue(2);
        clock.move(Duration.ofHours(-1));
        assertThat(probe.writable()).isTrue();
        assertThat(writes).hasValue(3);
    }

    @Test
    void whileOneTriesTheOthersAreToldWhatWasFoundBefore() {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        AtomicInteger writes = new AtomicInteger();
        StoreProbe probe = new StoreProbe(
                () -> {
                    if (writes.incrementAndGet() == 2) {
                        stuck.countDown();
                        awaitQuietly(free);
                        throw new StoreException("the disk is full; make room", null);
                    }
                },
                clock);
        assertThat(probe.writable()).isTrue();
        clock.move(Duration.ofSeconds(1));

        CompletableFuture<Boolean> slow = CompletableFuture.supplyAsync(probe::writable);
        awaitQuietly(stuck);
        assertThat(probe.writable()).isTrue();
        free.countDown();

        assertThat(slow.join()).isFalse();
        assertThat(probe.writable()).isFalse();
        assertThat(writes).hasValue(2);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aStoreThatIsGoneIsToldWithinASecond() throws Exception {
        try (House house = House.open(folder, "", clock)) {
            assertThat(house.get("/health").statusCode()).isEqualTo(200);
            try (Stream<Path> files = Files.list(folder.resolve("data"))) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            assertThat(house.get("/health").statusCode()).isEqualTo(200);
            clock.move(Duration.ofSeconds(1));

            HttpResponse<String> answer = house.get("/health");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body())
                    .contains("\"status\":\"down\"", "\"detail\":\"the store cannot be written\"", "\"hq\":{");
        }
    }
}
