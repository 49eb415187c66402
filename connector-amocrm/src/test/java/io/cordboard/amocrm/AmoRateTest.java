// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.http.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Time here is counted, not waited for. */
final class AmoRateTest {
    private static final long SECOND = 1_000_000_000L;

    private final AmoRate rate = new AmoRate(7);
    private final List<Long> sent = new ArrayList<>();
    private long now = 77 * SECOND;

    private long send(Priority priority) {
        long asked = now;
        long wait = rate.waitNanos(now, priority.share());
        while (wait > 0) {
            now += wait;
            wait = rate.waitNanos(now, priority.share());
        }
        rate.take(now);
        sent.add(now);
        return now - asked;
    }

    private void assertNeverTooMany() {
        for (int i = 7; i < sent.size(); i++) {
            assertThat(sent.get(i) - sent.get(i - 7)).isGreaterThanOrEqualTo(SECOND);
        }
    }

    @Test
    void queueUsesNineTenthsOfTheRate() {
        long began = now;
        while (now < began + 100 * SECOND) {
            send(Priority.DELIVERY);
        }

        assertThat(sent.size() / 100.0).isBetween(0.9 * 7, 7.0);
        assertNeverTooMany();
    }

    @Test
    void liveRequestWaitsForAtMostOnePlaceBehindAQueue() {
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            if (i % 20 == 0) {
                long idle = random.nextLong(SECOND / 7);
                now += idle;
                assertThat(send(Priority.LIVE)).isLessThan(SECOND / 6);
            } else {
                send(Priority.DELIVERY);
            }
        }
        assertNeverTooMany();
    }

    @Test
    void liveBurstIsSentAtOnceAndTheQueueMakesRoom() {
        send(Priority.DELIVERY);
        now += 2 * SECOND;
        for (int i = 0; i < 7; i++) {
            assertThat(send(Priority.LIVE)).isZero();
        }
        send(Priority.DELIVERY);

        assertNeverTooMany();
    }

    @Test
    void idleTimeIsNotSavedForABurst() {
        send(Priority.DELIVERY);
        now += 60 * SECOND;
        long began = now;
        for (int i = 0; i < 4; i++) {
            send(Priority.DELIVERY);
        }

        assertThat(now - began).isGreaterThan(2 * SECOND / 7);
    }

    @Test
    void syncIsSlowerThanDeliveries() {
        long began = now;
        while (now < began + 100 * SECOND) {
            send(Priority.SYNC);
        }

        assertThat(sent.size() / 100.0).isBetween(5.0, 6.0);
    }
}
