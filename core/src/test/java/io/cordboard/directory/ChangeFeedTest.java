// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.Reason;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChangeFeedTest {
    private static final PhoneNumber MOBILE = PhoneNumber.of("+79161234567");
    private static final PhoneNumber OFFICE = PhoneNumber.of("+74951234567");

    private final SmallCrm crm = new SmallCrm("main");

    @TempDir
    private Path folder;

    private Shelves shelves;

    @BeforeEach
    void open() {
        shelves = new Shelves(folder, crm);
        shelves.directory().sync("main", (contacts, total) -> {});
    }

    @AfterEach
    void close() {
        shelves.close();
    }

    @Test
    void changedContactIsReadAndARemovedOneForgotten() {
        shelves.directory().start();
        crm.holds("1", "89161234567");
        crm.holds("2", "84951234567");

        crm.tellsChanged("1", "2");
        await().untilAsserted(
                        () -> assertThat(isKnown(MOBILE) && isKnown(OFFICE)).isTrue());
        crm.tellsRemoved("2");

        assertThat(isKnown(OFFICE)).isFalse();
        assertThat(isKnown(MOBILE)).isTrue();
    }

    @Test
    void whatWasToldBeforeARestartIsReadAfterItAndOnlyOnce() {
        crm.holds("1", "89161234567");
        crm.tellsChanged("1");
        crm.tellsChanged("1");
        assertThat(notes()).isEqualTo(1);

        shelves.restart().start();

        await().untilAsserted(() -> assertThat(isKnown(MOBILE)).isTrue());
        await().untilAsserted(() -> assertThat(notes()).isZero());
        assertThat(crm.fetches()).containsExactly(Set.of(crm.ref("1")));
    }

    @Test
    void manyChangesAreReadInBatchesOfFifty() {
        String[] ids = IntStream.range(0, 120).mapToObj(String::valueOf).toArray(String[]::new);
        for (String id : ids) {
            crm.holds(id, "8916" + (1_000_000 + Integer.parseInt(id)));
        }
        crm.tellsChanged(ids);

        shelves.directory().start();

        await().untilAsserted(() -> assertThat(notes()).isZero());
        assertThat(crm.fetches()).extracting(Set::size).containsExactly(50, 50, 20);
        assertThat(shelves.directory().contacts()).isEqualTo(120);
    }

    @Test
    void contactThatIsNoLongerThereIsForgotten() {
        crm.holds("1", "89161234567");
        shelves.directory().learn(crm.fetch(Set.of(crm.ref("1"))));
        crm.loses("1");

        shelves.directory().start();
        crm.tellsChanged("1");

        await().untilAsserted(() -> assertThat(isKnown(MOBILE)).isFalse());
    }

    @Test
    void outageKeepsTheNotesUntilTheCrmAnswers() {
        crm.holds("1", "89161234567");
        crm.isDown(Reason.UNAVAILABLE);
        AtomicInteger known = new AtomicInteger();
        shelves.directory().onLearned(numbers -> known.addAndGet(numbers.size()));
        shelves.directory().start();
        crm.tellsChanged("1");
        assertThat(notes()).isEqualTo(1);

        crm.isUp();

        await().untilAsserted(() -> assertThat(isKnown(MOBILE)).isTrue());
        await().untilAsserted(() -> assertThat(notes()).isZero());
        // Learned by the note, or by the pass over all that the outage kept from its end; each tells it.
        assertThat(known.get()).isPositive();
    }

    @Test
    void changeThatComesWhileTheContactIsReadIsReadOnceMore() throws Exception {
        crm.holds("1", "84951234567");
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        crm.afterReading(() -> {
            reading.countDown();
            awaitQuietly(told);
        });
        shelves.directory().start();
        crm.tellsChanged("1");
        assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();

        crm.holds("1", "89161234567");
        crm.tellsChanged("1");
        told.countDown();

        await().untilAsserted(() -> assertThat(isKnown(MOBILE)).isTrue());
        await().untilAsserted(() -> assertThat(notes()).isZero());
        assertThat(isKnown(OFFICE)).isFalse();
    }

    @Test
    void moreChangesThanAreReadOneByOneBecomeAFullSync() {
        crm.holds("1", "89161234567");
        String[] ids = IntStream.range(0, 10_001).mapToObj(String::valueOf).toArray(String[]::new);
        crm.cursors().clear();

        crm.tellsChanged(ids);
        assertThat(notes()).isZero();
        shelves.restart().start();

        await().untilAsserted(() -> assertThat(isKnown(MOBILE)).isTrue());
        assertThat(crm.fetches()).isEmpty();
        assertThat(crm.cursors()).containsExactly("");
    }

    @Test
    void refusalOfOneContactDoesNotKeepTheOthersWaiting() {
        crm.holds("1", "89161234567");
        crm.holds("2", "84951234567");
        // the batch and the first contact are refused, then the CRM thinks better of it
        crm.isDown(Reason.REFUSED);
        AtomicInteger refusals = new AtomicInteger();
        crm.beforeFetching(refs -> {
            if (refusals.incrementAndGet() == 3) {
                crm.isUp();
            }
        });

        crm.tellsChanged("1", "2");
        shelves.directory().start();

        await().untilAsserted(() -> assertThat(notes()).isZero());
        assertThat(shelves.directory().contacts()).isEqualTo(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isKnown(PhoneNumber number) {
        return shelves.directory().lookup(number).best().isPresent();
    }

    private int notes() {
        return shelves.store().memory("main").startingWith("directory.note.").size();
    }
}
