// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.connector.StoreException;
import io.cordboard.delivery.Delivery;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    private static final Instant NOW = Samples.T0.plusSeconds(1);

    @TempDir
    private Path folder;

    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void plan(Delivery... deliveries) {
        store.commit(new Changes(List.of(), List.of(), List.of(deliveries)));
    }

    private void become(Delivery.State state, String key) {
        Delivery delivery = store.outbox().find("main", key).orElseThrow();
        store.outbox().update(List.of(Samples.in(state, delivery)));
    }

    private List<String> due() {
        return store.outbox().due("main", NOW, 100).stream().map(Delivery::key).toList();
    }

    @Test
    void onlyTheFirstOfALaneIsDueUntilItIsDone() {
        plan(Samples.note("main", "a1", "a", null), Samples.note("main", "a2", "a", null));
        plan(Samples.note("main", "b1", "b", null), Samples.note("other", "c1", "a", null));

        assertThat(due()).containsExactly("a1", "b1");
        become(Delivery.State.DONE, "a1");
        assertThat(due()).containsExactly("a2", "b1");
        become(Delivery.State.DONE, "a2");
        assertThat(due()).containsExactly("b1");
    }

    @Test
    void aParkedOneDoesNotHoldItsLaneAndHoldsItAgainWhenItIsToBeTriedAgain() {
        plan(Samples.note("main", "a1", "a", null), Samples.note("main", "a2", "a", null));

        become(Delivery.State.PARKED, "a1");
        assertThat(due()).containsExactly("a2");
        become(Delivery.State.PENDING, "a1");
        assertThat(due()).containsExactly("a1");
    }

    @Test
    void whatComesAfterAnotherWaitsUntilThatIsDoneEvenInAnotherLane() {
        plan(Samples.note("main", "first", "a", null), Samples.note("main", "second", "b", "first"));
        plan(Samples.note("main", "third", "c", "not planned yet"));

        assertThat(due()).containsExactly("first");
        become(Delivery.State.PARKED, "first");
        assertThat(due()).isEmpty();
        become(Delivery.State.DONE, "first");
        assertThat(due()).containsExactly("second");
        plan(Samples.in(Delivery.State.DONE, Samples.note("main", "not planned yet", "d", null)));
        assertThat(due()).containsExactly("second", "third");
    }

    @Test
    void whatWaitsForAParkedOneDoesNotHoldTheRestOfTheLane() {
        plan(Samples.note("main", "log", "a", null));
        plan(Samples.note("main", "recording", "a", "log"), Samples.note("main", "ticket", "a", null));

        become(Delivery.State.PARKED, "log");
        assertThat(due()).containsExactly("ticket");
        become(Delivery.State.PENDING, "log");
        assertThat(due()).containsExactly("log");
    }

    @Test
    void aDeliveryIsKeptOnceForItsKey() {
        plan(Samples.note("main", "k", "a", null));
        become(Delivery.State.DONE, "k");
        plan(Samples.note("main", "k", "other lane", null), Samples.note("other", "k", "a", null));

        assertThat(store.outbox().find("main", "k").orElseThrow().state()).isEqualTo(Delivery.State.DONE);
        assertThat(store.outbox().list(null, 10)).extracting(Delivery::account).containsExactly("other", "main");
    }

    @Test
    void whatMayNotBeTriedYetIsNotDueAndItsTimeIsKnown() {
        plan(Samples.note("main", "k", "a", null));

        assertThat(store.outbox().due("main", Samples.T0.minusNanos(1), 9)).isEmpty();
        assertThat(store.outbox().due("main", Samples.T0, 9)).hasSize(1);
        assertThat(store.outbox().nextDue("main")).contains(Samples.T0);
        assertThat(store.outbox().nextDue("other")).isEmpty();
    }

    @Test
    void theNewestCanBeAskedForToo() {
        for (int i = 0; i < 10; i++) {
            plan(Samples.note("main", "k" + i, "lane" + i, null));
        }
        assertThat(store.outbox().due("main", NOW, 3)).extracting(Delivery::key).containsExactly("k0", "k1", "k2");
        assertThat(store.outbox().dueNewest("main", NOW, 3))
                .extracting(Delivery::key)
                .containsExactly("k9", "k8", "k7");
    }

    @Test
    void anUpdateIsAllOrNothing() {
        plan(Samples.note("main", "k", "a", null));
        Delivery stored = store.outbox().find("main", "k").orElseThrow();
        Delivery unknown = Samples.note("main", "unknown", "a", null);

        assertThatThrownBy(() -> store.outbox()
                        .update(List.of(
                                Samples.in(Delivery.State.DONE, stored), Samples.in(Delivery.State.DONE, unknown))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("no delivery 0");

        assertThat(store.outbox().find(stored.id())).contains(stored);
    }

    @Test
    void deliveriesAreCountedAndListedByState() {
        plan(
                Samples.note("main", "a", "a", null),
                Samples.note("main", "b", "b", null),
                Samples.note("x", "c", "c", null));
        become(Delivery.State.PARKED, "b");

        assertThat(store.outbox().count("main", Delivery.State.PENDING)).isEqualTo(1);
        assertThat(store.outbox().count("main", Delivery.State.PARKED)).isEqualTo(1);
        assertThat(store.outbox().count("x", Delivery.State.DONE)).isZero();
        assertThat(store.outbox().list(Delivery.State.PARKED, 9))
                .extracting(Delivery::key)
                .containsExactly("b");
        assertThat(store.outbox().list(null, 2)).extracting(Delivery::key).containsExactly("c", "b");
    }

    @Test
    void whatIsDueIsReadFromAnIndexOfThoseThatWaitForNobody() {
        for (String sql : List.of(DeliveryTable.DUE, DeliveryTable.DUE_NEWEST)) {
            List<String> plan = store.plan(sql, "main", NOW, 25);
            assertThat(plan).singleElement().asString().contains("deliveries_ready");
        }
    }

    @Test
    void aLongBacklogIsReadAPageAtATimeInOrder() {
        List<Delivery> many = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            many.add(Samples.note("main", "k" + i, "lane" + i / 5, null));
        }
        store.commit(new Changes(List.of(), List.of(), many));

        List<String> order = new ArrayList<>();
        List<Delivery> page = store.outbox().due("main", NOW, 500);
        while (!page.isEmpty()) {
            page.forEach(delivery -> order.add(delivery.key()));
            store.outbox()
                    .update(page.stream()
                            .map(delivery -> Samples.in(Delivery.State.DONE, delivery))
                            .toList());
            page = store.outbox().due("main", NOW, 500);
        }
        assertThat(order).hasSize(2_000).doesNotHaveDuplicates();
        Map<Integer, Integer> lastOfLane = new HashMap<>();
        for (String key : order) {
            int number = Integer.parseInt(key.substring(1));
            Integer before = lastOfLane.put(number / 5, number);
            assertThat(before == null ? number / 5 * 5 : before + 1).isEqualTo(number);
        }
    }
}
