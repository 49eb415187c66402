// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class AccountBudgetTest {
    @Test
    void liveGoesBeforeDeliveryAndDeliveryBeforeSync() {
        AccountBudget budget = new AccountBudget("main", RateModel.leakyBucket(10, 1));
        List<Priority> order = new CopyOnWriteArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        budget.pause(Duration.ofMillis(700));
        try {
            for (Priority priority : List.of(Priority.SYNC, Priority.DELIVERY, Priority.LIVE)) {
                threads.execute(() -> budget.run(priority, () -> order.add(priority)));
            }

            await().until(() -> order.size() == 3);

            assertThat(order).containsExactly(Priority.LIVE, Priority.DELIVERY, Priority.SYNC);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void longPauseIsToldAtOnce() {
        AccountBudget budget = new AccountBudget("main", RateModel.leakyBucket(10, 10));
        budget.pause(Duration.ofMinutes(10));

        ConnectorException fault =
                catchThrowableOfType(ConnectorException.class, () -> budget.run(Priority.DELIVERY, () -> "never"));

        assertThat(fault.reason()).isEqualTo(Reason.RATE_LIMITED);
        assertThat(fault.retryAfter().orElseThrow()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
        assertThat(budget.stats().refused()).isEqualTo(1);
        assertThat(budget.stats().delivery()).isZero();
    }

    @Test
    void questionsStopWhileTheVendorDoesNotAnswerAndWritesDoNot() {
        AccountBudget budget = new AccountBudget("main", RateModel.leakyBucket(1000, 1000));
        AtomicInteger asked = new AtomicInteger();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> budget.ask(Priority.SYNC, () -> {
                        asked.incrementAndGet();
                        throw new ConnectorException(Reason.UNCLEAR, "lost");
                    }))
                    .hasMessage("lost");
        }

        assertThatThrownBy(() -> budget.ask(Priority.SYNC, asked::incrementAndGet))
                .hasMessage("main: not asked, because the last questions were not answered");

        assertThat(budget.tripped()).isTrue();
        assertThat(asked).hasValue(5);
        assertThat(budget.run(Priority.DELIVERY, () -> "written")).isEqualTo("written");
    }

    @Test
    void refusalsDoNotStopQuestions() {
        AccountBudget budget = new AccountBudget("main", RateModel.leakyBucket(1000, 1000));
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> budget.ask(Priority.LIVE, () -> {
                        throw new ConnectorException(Reason.NOT_FOUND, "nobody");
                    }))
                    .hasMessage("nobody");
        }

        assertThat(budget.tripped()).isFalse();
        assertThat(budget.stats().live()).isEqualTo(20);
    }
}
