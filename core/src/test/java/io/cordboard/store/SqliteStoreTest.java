// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.CallState;
import io.cordboard.connector.StoreException;
import io.cordboard.crm.CrmWrite;
import io.cordboard.delivery.Delivery;
import io.cordboard.playbook.CallCard;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {
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

    private void reopen() {
        store.close();
        open();
    }

    private static Changes cards(CallCard... cards) {
        return new Changes(List.of(), List.of(cards), List.of());
    }

    private static Changes deliveries(Delivery... deliveries) {
        return new Changes(List.of(), List.of(), List.of(deliveries));
    }

    @Test
    void everyKindOfEventComesBackAsItWasAfterTheStoreWasClosed() {
        CallId call = Samples.id("1");
        List<CallEvent> events = Samples.oneOfEach(call);
        assertThat(events.stream().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(Set.of(CallEvent.class.getPermittedSubclasses()));

        store.commit(Changes.events(events));
        reopen();

        assertThat(store.calls().events(call)).isEqualTo(events);
    }

    @Test
    void everyKindOfWriteComesBackAsItWas() {
        List<CrmWrite> writes = Samples.oneWriteOfEach(Samples.id("1"));
        assertThat(writes.stream().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(Set.of(CrmWrite.class.getPermittedSubclasses()));
        List<Delivery> planned = new ArrayList<>();
        for (CrmWrite write : writes) {
            planned.add(Delivery.planned("main", "key" + planned.size(), "1", null, write, Samples.T0));
        }

        store.commit(new Changes(List.of(), List.of(), planned));
        reopen();

        List<Delivery> stored = store.outbox().of(Samples.id("1"));
        assertThat(stored).extracting(Delivery::write).containsExactlyElementsOf(writes);
        assertThat(stored)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("id")
                .isEqualTo(planned);
        assertThat(stored).extracting(Delivery::id).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aCardComesBackWithItsEvents() {
        CallId id = Samples.id("1");
        List<CallEvent> events = Samples.oneOfEach(id);
        CallCard card = Samples.card(Samples.call(id, CallState.SETTLED, Samples.T0, events));

        store.commit(new Changes(events, List.of(card), List.of()));
        reopen();

        assertThat(store.calls().find(id)).contains(card);
        assertThat(store.calls().find(Samples.id("2"))).isEmpty();
    }

    @Test
    void anEventThatIsRepeatedIsKeptOnceAndWithItsEarlierTime() {
        CallId id = Samples.id("1");
        CallEvent first = Samples.arrived(id, Samples.T0);
        CallEvent earlier = first.movedTo(Samples.T0.minusSeconds(5));

        store.commit(Changes.events(List.of(first, first.movedTo(Samples.T0.plusSeconds(9)))));
        assertThat(store.calls().events(id)).containsExactly(first);

        store.commit(cards(Samples.card(Samples.call(id, CallState.SETTLED, Samples.T0, List.of(first)))));
        assertThat(store.calls().unfinished()).isEmpty();
        store.commit(Changes.events(List.of(earlier)));

        assertThat(store.calls().events(id)).containsExactly(earlier);
        assertThat(store.calls().unfinished()).as("the card does not know yet").containsExactly(id);
    }

    // A delivery without a state is what the table refuses in the middle of a transaction.
    @SuppressWarnings("NullAway")
    @Test
    void changesAreWrittenAsAWholeOrNotAtAllAndSpoilNobodyElses() {
        CallEvent good = Samples.arrived(Samples.id("good"), Samples.T0);
        Delivery broken = Samples.in(null, Samples.note("main", "k", "1", null));
        Changes half = new Changes(List.of(Samples.arrived(Samples.id("bad"), Samples.T0)), List.of(), List.of(broken));

        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            done.add(store.commitLater(
                    Changes.events(List.of(good, Samples.queued(Samples.id("good"), Samples.T0, "q" + i)))));
        }
        CompletableFuture<Void> bad = store.commitLater(half);
        done.add(store.commitLater(Changes.events(List.of(Samples.arrived(Samples.id("later"), Samples.T0)))));

        assertThatThrownBy(bad::join).hasCauseInstanceOf(StoreException.class);
        done.forEach(CompletableFuture::join);
        assertThat(store.calls().events(Samples.id("bad"))).isEmpty();
        assertThat(store.calls().events(Samples.id("good"))).hasSize(51);
        assertThat(store.calls().events(Samples.id("later"))).hasSize(1);
    }

    @Test
    void whatManyThreadsWriteAtOnceIsAllThere() throws Exception {
        int threads = 64;
        int each = 100;
        var pool = Executors.newFixedThreadPool(threads);
        try {
            List<CompletableFuture<Void>> done = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                CallId call = Samples.id("t" + t);
                done.add(CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < each; i++) {
                                store.commit(Changes.events(
                                        List.of(Samples.queued(call, Samples.T0.plusSeconds(i), "q" + i))));
                            }
                        },
                        pool));
            }
            done.forEach(CompletableFuture::join);
        } finally {
            pool.shutdown();
        }
        reopen();
        for (int t = 0; t < threads; t++) {
            assertThat(store.calls().events(Samples.id("t" + t)))
                    .extracting(CallEvent::at)
                    .hasSize(each)
                    .isSorted();
        }
    }

    @Test
    void aCallIsUnfinishedUntilItIsSettledAndItsCardHoldsAllOfItsEvents() {
        CallId id = Samples.id("1");
        CallEvent first = Samples.arrived(id, Samples.T0);
        CallEvent second = Samples.queued(id, Samples.T0, "sales");

        store.commit(Changes.events(List.of(first)));
        assertThat(store.calls().unfinished()).as("no card").containsExactly(id);
        store.commit(cards(Samples.card(Samples.call(id, CallState.QUEUED, Samples.T0, List.of(first)))));
        assertThat(store.calls().unfinished()).as("not settled").containsExactly(id);
        store.commit(cards(Samples.card(Samples.call(id, CallState.SETTLED, Samples.T0, List.of(first)))));
        assertThat(store.calls().unfinished()).isEmpty();
        store.commit(Changes.events(List.of(second)));
        assertThat(store.calls().unfinished())
                .as("an event more than the card holds")
                .containsExactly(id);
        store.commit(cards(Samples.card(Samples.call(id, CallState.SETTLED, Samples.T0, List.of(first, second)))));
        assertThat(store.calls().unfinished()).isEmpty();
    }

    @Test
    void aCallThatBecamePartOfAnotherIsFinishedAndNotListed() {
        CallId id = Samples.id("1");
        CallEvent event = Samples.arrived(id, Samples.T0);
        Call absorbed = Samples.call(id, CallState.CONNECTED, Samples.T0, Samples.id("2"), List.of(event));

        store.commit(new Changes(List.of(event), List.of(Samples.card(absorbed)), List.of()));

        assertThat(store.calls().unfinished()).isEmpty();
        assertThat(store.calls().list(new CallShelf.Query(Set.of(), null, null, 10)))
                .isEmpty();
        assertThat(store.calls().find(id)).isPresent();
    }

    @Test
    void callsAreListedNewestFirstByStateTimeAndCustomer() {
        for (int i = 0; i < 6; i++) {
            CallState state = i % 2 == 0 ? CallState.SETTLED : CallState.RINGING;
            store.commit(
                    cards(Samples.card(Samples.call(Samples.id("" + i), state, Samples.T0.plusSeconds(i), List.of()))));
        }
        store.commit(Changes.events(List.of(Samples.arrived(Samples.id("no card yet"), Samples.T0))));

        assertThat(listed(new CallShelf.Query(Set.of(), null, null, 4))).containsExactly("5", "4", "3", "2");
        assertThat(listed(new CallShelf.Query(Set.of(CallState.RINGING), null, null, 2)))
                .containsExactly("5", "3");
        assertThat(listed(new CallShelf.Query(
                        Set.of(CallState.SETTLED, CallState.ENDED), Samples.T0.plusSeconds(2), null, 9)))
                .containsExactly("4", "2");
        assertThat(listed(new CallShelf.Query(Set.of(), null, "+79161234567", 1)))
                .containsExactly("5");
        assertThat(listed(new CallShelf.Query(Set.of(), null, "+79161234568", 1)))
                .isEmpty();
    }

    private List<String> listed(CallShelf.Query query) {
        return store.calls().list(query).stream()
                .map(card -> card.call().id().value())
                .toList();
    }

    @Test
    void oldSettledCallsAreForgottenUnlessSomethingOfThemIsOnItsWay() {
        for (String id : List.of("old", "busy", "young", "live", "awaited")) {
            CallEvent event = Samples.arrived(Samples.id(id), Samples.T0);
            CallState state = id.equals("live") ? CallState.CONNECTED : CallState.SETTLED;
            var start = id.equals("young") ? Samples.T0.plusSeconds(60) : Samples.T0;
            CallCard card = Samples.card(Samples.call(Samples.id(id), state, start, List.of(event)));
            store.commit(new Changes(List.of(event), List.of(card), List.of(Samples.note("main", id, id, null))));
        }
        store.commit(deliveries(Samples.note("main", "waits", "young", "awaited")));
        for (Delivery delivery : store.outbox().list(null, 100)) {
            if (!Set.of("busy", "waits").contains(delivery.key())) {
                store.outbox().update(List.of(Samples.in(Delivery.State.DONE, delivery)));
            }
        }

        assertThat(store.forget(Samples.T0.plusSeconds(1))).isEqualTo(1);

        assertThat(store.calls().find(Samples.id("old"))).isEmpty();
        assertThat(store.calls().events(Samples.id("old"))).isEmpty();
        assertThat(store.outbox().find("main", "old")).isEmpty();
        for (String id : List.of("busy", "young", "live", "awaited")) {
            assertThat(store.calls().find(Samples.id(id))).as(id).isPresent();
            assertThat(store.outbox().find("main", id)).as(id).isPresent();
        }
    }

    @Test
    void readingDoesNotWaitForAWriter() {
        CallId id = Samples.id("1");
        store.commit(Changes.events(List.of(Samples.arrived(id, Samples.T0))));
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            writes.add(store.commitLater(Changes.events(List.of(Samples.queued(id, Samples.T0, "q" + i)))));
            assertThat(store.calls().events(id)).isNotEmpty();
        }
        writes.forEach(CompletableFuture::join);
        assertThat(store.calls().events(id)).hasSize(501);
    }
}
