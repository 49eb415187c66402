// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.call.CallState;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.store.CallShelf;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Closing, when what is to be closed hangs for ever. */
class EngineCloseTest {
    private static final int CALLS = 20;

    @TempDir
    private Path folder;

    private final CountDownLatch atLast = new CountDownLatch(1);
    private House house;

    @BeforeEach
    void open() {
        house = new House(folder)
                .choose(builder -> builder.closeWithin(Duration.ofSeconds(1)))
                .start();
    }

    @AfterEach
    void close() {
        atLast.countDown();
        house.close();
    }

    /** Does not end when it is interrupted. */
    private void hang() {
        boolean interrupted = false;
        while (atLast.getCount() > 0) {
            try {
                atLast.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Script call(int number) {
        Script script = new Script("call" + number);
        house.pbx().says(script.missedCall());
        return script;
    }

    private void closeInTime() {
        CompletableFuture<Void> closed =
                CompletableFuture.runAsync(() -> house.cordboard().close());
        await().atMost(Duration.ofSeconds(10)).until(closed::isDone);
        house.store().close();
        assertThat(closed).isCompleted();
    }

    private void awaitEverything(RecordingCrm crm) {
        CallShelf.Query settled = new CallShelf.Query(Set.of(CallState.SETTLED), null, null, 100);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> house.store().calls().list(settled).size() == CALLS);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> crm.written(CrmWrite.OpenTicket.class).size() == CALLS);
        for (int i = 0; i < CALLS; i++) {
            assertThat(crm.logged(new Script("call" + i).id())).hasSize(1);
        }
        assertThat(house.store().calls().unfinished()).isEmpty();
    }

    @Test
    void closingReturnsInTimeWhateverHangsAndTheNextRunFinishesWhatWasLeft() {
        house.crm().answers(write -> {
            hang();
            return new Outcome.Retry(null, "cut off");
        });
        house.crm().onClose(this::hang);
        house.pbx().onClose(this::hang);
        for (int i = 0; i < CALLS / 2; i++) {
            call(i);
        }
        await().until(() -> house.store().calls().unfinished().isEmpty());
        house.crm().onView(view -> hang());
        for (int i = CALLS / 2; i < CALLS; i++) {
            call(i);
        }

        closeInTime();

        RecordingCrm next = new RecordingCrm("main");
        house.restart(next);
        awaitEverything(next);
    }

    @Test
    void whatIsNearlyReadyIsFinishedFirst() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        house.crm().answers(write -> {
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Outcome.Unclear("interrupted");
            }
            return new Outcome.Done("ref");
        });
        house.crm()
                .onClose(() ->
                        assertThat(house.crm().written(CrmWrite.LogCall.class)).hasSize(1));
        Script script = call(0);
        await().until(() -> asked.getCount() == 0);
        house.pbx().onClose(answer::countDown);

        closeInTime();

        assertThat(house.crm().logged(script.id())).hasSize(1);
        RecordingCrm next = new RecordingCrm("main");
        house.restart(next);
        house.settled(script.id());
        assertThat(next.logged(script.id())).isEmpty();
        assertThat(next.written(CrmWrite.OpenTicket.class)).hasSize(1);
    }
}
