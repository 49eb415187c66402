// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.connector.Memory;
import io.cordboard.connector.StoreException;
import io.cordboard.delivery.Outbox;
import io.cordboard.directory.ContactShelf;
import io.cordboard.playbook.CallCard;
import io.cordboard.store.CallShelf;
import io.cordboard.store.Changes;
import io.cordboard.store.Store;
import io.cordboard.store.TurnShelf;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A real store on a disk that fails some times. */
final class FailingStore implements Store, CallShelf {
    private final Store store;
    private final AtomicInteger readsToRefuse = new AtomicInteger();
    private final AtomicInteger readsRefused = new AtomicInteger();
    private final AtomicInteger plansToRefuse = new AtomicInteger();
    private final AtomicInteger plansRefused = new AtomicInteger();

    FailingStore(Store store) {
        this.store = store;
    }

    /** Lets the next readings of a call's events fail. */
    void refuseReads(int times) {
        readsToRefuse.set(times);
    }

    int readsRefused() {
        return readsRefused.get();
    }

    /** Lets the next writings of a settled call with its deliveries fail. */
    void refusePlans(int times) {
        plansToRefuse.set(times);
    }

    int plansRefused() {
        return plansRefused.get();
    }

    private static void fail(AtomicInteger left, AtomicInteger refused) {
        if (left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            refused.incrementAndGet();
            throw new StoreException("The disk failed.", null);
        }
    }

    @Override
    public void commit(Changes changes) {
        if (!changes.deliveries().isEmpty()) {
            fail(plansToRefuse, plansRefused);
        }
        store.commit(changes);
    }

    @Override
    public CompletableFuture<Void> commitLater(Changes changes) {
        return store.commitLater(changes);
    }

    @Override
    public List<CallEvent> events(CallId id) {
        fail(readsToRefuse, readsRefused);
        return store.calls().events(id);
    }

    @Override
    public Optional<CallCard> find(CallId id) {
        return store.calls().find(id);
    }

    @Override
    public List<CallCard> list(Query query) {
        return store.calls().list(query);
    }

    @Override
    public Set<CallId> unfinished() {
        return store.calls().unfinished();
    }

    @Override
    public CallShelf calls() {
        return this;
    }

    @Override
    public Outbox outbox() {
        return store.outbox();
    }

    @Override
    public ContactShelf contacts() {
        return store.contacts();
    }

    @Override
    public TurnShelf turns() {
        return store.turns();
    }

    @Override
    public Memory memory(String account) {
        return store.memory(account);
    }

    @Override
    public void verifyWritable() {
        store.verifyWritable();
    }

    @Override
    public int forget(Instant before) {
        return store.forget(before);
    }

    @Override
    public void close() {
        store.close();
    }
}
