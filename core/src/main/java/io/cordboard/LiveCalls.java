// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.CallState;
import io.cordboard.call.CallTracker;
import io.cordboard.call.Caller;
import io.cordboard.call.Direction;
import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.StoreException;
import io.cordboard.delivery.Delivery;
import io.cordboard.directory.NumberPlan;
import io.cordboard.directory.Reading;
import io.cordboard.pbx.CallSink;
import io.cordboard.playbook.CallCard;
import io.cordboard.store.Changes;
import io.cordboard.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that are not settled yet, kept from events that are on disk.
 *
 * <p>{@link #accept} stores, then hands over to the call's own thread, which alone changes the call. What a change
 * means for the rest of the house is {@link CallSteps}' business. Safe for use by many threads.
 */
final class LiveCalls implements CallSink {
    private static final Logger LOG = LoggerFactory.getLogger(LiveCalls.class);

    private static final long STORE_WAIT = TimeUnit.SECONDS.toNanos(1);

    private static final Duration RESUME_WAIT = Duration.ofMinutes(1);

    private final Store store;
    private final Map<String, NumberPlan> plans;
    private final NumberPlan defaultPlan;
    private final Clock clock;
    private final CallTracker.Patience patience;
    private final Stripes stripes;
    private final CallSteps steps;
    private final Map<CallId, Live> live = new ConcurrentHashMap<>();
    private final Set<CallId> again = ConcurrentHashMap.newKeySet();
    private final AtomicLong storeFailedAt = new AtomicLong(System.nanoTime() - STORE_WAIT);
    private final LongAdder accepted = new LongAdder();

    LiveCalls(Store store, Numbers numbers, Clock clock, CallTracker.Patience patience, CallSteps steps) {
        this.store = store;
        this.plans = numbers.byPbx();
        this.defaultPlan = numbers.otherwise();
        this.clock = clock;
        this.patience = patience;
        this.steps = steps;
        this.stripes =
                new Stripes("cordboard-calls", Math.max(2, Runtime.getRuntime().availableProcessors()));
    }

    /** How the numbers of each PBX are read. */
    record Numbers(Map<String, NumberPlan> byPbx, NumberPlan otherwise) {}

    /** A call, its card, and when the last news of it was received. */
    private record Live(CallCard card, Instant heardAt) {}

    @Override
    public void accept(List<CallEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        List<CallEvent> understood = events.stream().map(this::understood).toList();
        store.commit(Changes.events(understood));
        accepted.add(understood.size());
        for (CallEvent event : understood) {
            stripes.run(event.call(), () -> foldOrAgain(event.call(), List.of(event)));
        }
    }

    @Override
    public Set<CallId> live(String pbx) {
        return live.entrySet().stream()
                .filter(entry -> entry.getKey().pbx().equals(pbx))
                .filter(entry -> entry.getValue().card().call().state().isLive())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    long accepted() {
        return accepted.sum();
    }

    List<CallCard> cards() {
        return live.values().stream().map(Live::card).toList();
    }

    Optional<CallCard> card(CallId id) {
        return Optional.ofNullable(live.get(id)).map(Live::card);
    }

    /** Changes what is known about a call beyond the line, if the call is still live. */
    void enrich(CallId id, UnaryOperator<CallCard> change) {
        stripes.run(id, () -> {
            Live known = live.get(id);
            if (known == null) {
                return;
            }
            CallCard after = change.apply(known.card());
            if (!after.equals(known.card())) {
                live.put(id, new Live(after, known.heardAt()));
                storeLater(after);
                steps.shown(after);
            }
        });
    }

    /** Looks again at the live calls of numbers whose owners became known. */
    void learned(Set<PhoneNumber> numbers) {
        live.forEach((id, known) -> {
            PhoneNumber number = known.card().call().customer().number();
            if (number != null && known.card().matches().isEmpty() && numbers.contains(number.main())) {
                enrich(id, steps::lookedUpAgain);
            }
        });
    }

    /**
     * Reads again what was on disk when the last run ended, and returns when that is known: a PBX that is asked for its
     * calls afterwards can say which of them are over.
     */
    void resume() {
        Collection<CallId> unfinished = store.calls().unfinished();
        if (!unfinished.isEmpty()) {
            LOG.info("{} calls of the last run are taken up again", unfinished.size());
        }
        for (CallId id : unfinished) {
            stripes.run(id, () -> foldOrAgain(id, List.of()));
        }
        stripes.await(RESUME_WAIT);
    }

    /** Settles every call whose time has come. */
    void settleDue() {
        if (System.nanoTime() - storeFailedAt.get() < STORE_WAIT) {
            return;
        }
        for (CallId id : List.copyOf(again)) {
            // Before the work is given: it puts the call back when it fails again.
            again.remove(id);
            stripes.run(id, () -> foldOrAgain(id, List.of()));
        }
        Instant now = clock.instant();
        live.forEach((id, known) -> CallTracker.settlesAt(known.card().call(), patience, known.heardAt())
                .filter(due -> !now.isBefore(due))
                .ifPresent(due -> stripes.run(id, () -> settleOrLater(id))));
    }

    /** Finishes what is being worked on, so far as there is time; the rest is on disk. */
    void close(Duration longest) {
        stripes.close(longest);
    }

    private CallEvent understood(CallEvent event) {
        if (!(event instanceof CallEvent.Arrived arrived)
                || arrived.customer().number() != null
                || arrived.direction() == Direction.INTERNAL) {
            return event;
        }
        String raw = arrived.customer().raw();
        NumberPlan plan = plans.getOrDefault(event.call().pbx(), defaultPlan);
        return plan.read(raw) instanceof Reading.Phone phone
                ? arrived.withCustomer(new Caller(raw, phone.number()))
                : event;
    }

    /** What memory holds of a call is not believed after a fault of the store: the call is read again from disk. */
    private void foldOrAgain(CallId id, List<CallEvent> events) {
        try {
            fold(id, events);
        } catch (StoreException e) {
            storeFailed(id, e);
            live.remove(id);
            again.add(id);
        }
    }

    /** A call that could not be settled is as it was, and due. */
    private void settleOrLater(CallId id) {
        try {
            settle(id);
        } catch (StoreException e) {
            storeFailed(id, e);
        }
    }

    /** While the store fails, every call meets the same fault: one says so, and all are left alone for a moment. */
    private void storeFailed(CallId id, StoreException fault) {
        long now = System.nanoTime();
        if (now - storeFailedAt.getAndSet(now) < STORE_WAIT) {
            LOG.debug("{} waits for the store: {}", id, fault.getMessage());
        } else {
            LOG.warn("{} and others wait for the store: {}", id, fault.getMessage());
        }
    }

    private void fold(CallId id, List<CallEvent> events) {
        Live known = live.get(id);
        @Nullable
        CallCard before = known != null ? known.card() : store.calls().find(id).orElse(null);
        // A call that is not in memory is read again from all that is on disk, the new events among it.
        Call call = known != null ? known.card().call() : null;
        for (CallEvent event : known != null ? events : store.calls().events(id)) {
            call = CallTracker.apply(call, event);
        }
        if (call == null) {
            return;
        }
        if (before != null && isOld(before.call(), call, known != null)) {
            if (known == null) {
                // News that change nothing belong to the card all the same, or it would be read at each start.
                storeLater(before.withCall(call));
            }
            return;
        }
        CallCard card = steps.changed(before, call);
        if (call.state() == CallState.SETTLED) {
            correct(before, card);
            return;
        }
        live.put(id, new Live(card, clock.instant()));
        storeLater(card);
        steps.shown(card);
        if (before == null || !before.call().customer().equals(call.customer())) {
            steps.askAbout(card, (asked, matches) -> enrich(asked, found -> steps.enriched(found, matches)));
        }
    }

    /** The newest state of a live call; it can be made again from the events when this is lost. */
    private void storeLater(CallCard card) {
        CompletableFuture<Void> unused = store.commitLater(new Changes(List.of(), List.of(card), List.of()));
    }

    /**
     * A settled call that is read again from disk is news only where it differs; one that is not settled is taken up
     * again anyway.
     */
    private static boolean isOld(Call before, Call after, boolean inMemory) {
        return inMemory
                ? before.equals(after)
                : after.state() == CallState.SETTLED
                        && before.withEvents(List.of()).equals(after.withEvents(List.of()));
    }

    /** A settled call is on disk; news of it may change what the CRMs were told. */
    private void correct(@Nullable CallCard before, CallCard card) {
        List<Delivery> deliveries = steps.settled(before, card);
        store.commit(new Changes(List.of(), List.of(card), deliveries));
        live.remove(card.call().id());
        steps.committed(card, deliveries);
        steps.shown(card);
    }

    private void settle(CallId id) {
        Live known = live.get(id);
        if (known == null) {
            return;
        }
        Call call = known.card().call();
        Optional<CallEvent.Settled> settled = CallTracker.settle(call, patience, known.heardAt(), clock.instant());
        if (settled.isEmpty()) {
            return;
        }
        CallCard card = steps.changed(known.card(), CallTracker.apply(call, settled.get()));
        List<Delivery> deliveries = steps.settled(known.card(), card);
        store.commit(new Changes(List.of(settled.get()), List.of(card), deliveries));
        live.remove(id);
        steps.committed(card, deliveries);
        steps.shown(card);
    }
}
