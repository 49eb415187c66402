// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RateModelTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void bucketTakesItsBurstAtOnceAndThenItsRate() {
        RateModel bucket = RateModel.leakyBucket(2, 50);

        int atOnce = takeAll(bucket, 0, 1.0);
        int inTenSeconds = 0;
        for (long now = 0; now < 10 * SECOND; now += SECOND / 10) {
            inTenSeconds += takeAll(bucket, now, 1.0);
        }

        assertThat(atOnce).isEqualTo(50);
        assertThat(inTenSeconds).isBetween(18, 20);
    }

    @Test
    void bucketKeepsAPartForWhoeverIsMoreImportant() {
        RateModel bucket = RateModel.leakyBucket(2, 50);

        assertThat(takeAll(bucket, 0, Priority.SYNC.share())).isEqualTo(30);
        assertThat(takeAll(bucket, 0, Priority.DELIVERY.share())).isEqualTo(15);
        assertThat(takeAll(bucket, 0, Priority.LIVE.share())).isEqualTo(5);
        assertThat(bucket.waitNanos(0, Priority.LIVE.share())).isEqualTo(SECOND / 2);
    }

    @Test
    void windowNeverHoldsMoreThanItsNumber() {
        RateModel window = RateModel.window(3, Duration.ofSeconds(1));

        assertThat(takeAll(window, 0, 1.0)).isEqualTo(3);
        assertThat(window.waitNanos(SECOND / 2, 1.0)).isEqualTo(SECOND / 2);
        assertThat(takeAll(window, SECOND, 1.0)).isEqualTo(3);
    }

    private static int takeAll(RateModel model, long now, double share) {
        int taken = 0;
        while (model.waitNanos(now, share) <= 0) {
            model.take(now);
            taken++;
        }
        return taken;
    }
}
