// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StripesTest {
    private static final int MORE_THAN_FITS = 25_000;

    private final Stripes stripes = new Stripes("test", 2);

    @AfterEach
    void close() {
        stripes.close(Duration.ofSeconds(5));
    }

    @Test
    void aStripeThatGivesItselfMoreWorkThanFitsDoesAllOfIt() {
        AtomicInteger done = new AtomicInteger();
        stripes.run("a", () -> {
            for (int i = 0; i < MORE_THAN_FITS; i++) {
                stripes.run("a", done::incrementAndGet);
            }
        });
        await().until(() -> done.get() == MORE_THAN_FITS);
    }

    @Test
    void whoBringsMoreThanFitsWaitsAndNothingIsDroppedOrOutOfOrder() {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch begin = new CountDownLatch(1);
        stripes.run("a", () -> {
            try {
                begin.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Thread flood = new Thread(() -> {
            for (int i = 0; i < MORE_THAN_FITS; i++) {
                int number = i;
                stripes.run("a", () -> order.add(number));
            }
        });
        flood.start();
        await().until(() -> flood.getState() == Thread.State.WAITING);
        begin.countDown();
        await().until(() -> order.size() == MORE_THAN_FITS);
        assertThat(order).isSorted();
    }

    @Test
    void aFaultOfOneWorkDoesNotStopTheNext() {
        AtomicInteger done = new AtomicInteger();
        stripes.run("a", () -> {
            throw new IllegalStateException("a bug");
        });
        stripes.run("a", done::incrementAndGet);
        await().until(() -> done.get() == 1);
    }
}
