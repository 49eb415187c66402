// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import io.cordboard.crm.CrmWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of one account: one thread looks what is due and hands batches to a few others, so that an account that is
 * down holds nothing else back.
 *
 * <p>A lane of which a delivery is on its way is busy until the result is on disk; only the looking thread makes lanes
 * busy, and it reads which are before it reads what is due, so it never sees a delivery as due that was just done.
 */
final class AccountCourier {
    private static final Logger LOG = LoggerFactory.getLogger(AccountCourier.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    /** How often a connector is looked at that needs a person. */
    private static final Duration PERSON_WAIT = Duration.ofSeconds(1);

    /** After how long an absence of the account everything is tried at once when it is back. */
    private static final Duration LONG_AWAY = Duration.ofSeconds(30);

    private static final Duration STORE_WAIT = Duration.ofSeconds(1);
    private static final int LOOK_AT = 4;

    private final String account;
    private final Terms given;
    private final Carrier carrier;
    private final Gate gate;
    private final Permission permission;
    private final Signal signal = new Signal();
    private final Signal stopping = new Signal();
    private final Object taking = new Object();
    private final int batch;
    private final Set<String> busy = new HashSet<>();
    private final Thread looking;
    private final ExecutorService workers;
    private boolean newestFirst;
    /** Since when the account has not worked, as the looking thread knows it; before the start it did not. */
    private @Nullable Instant awaySince = Instant.EPOCH;

    private volatile boolean paused;
    private volatile boolean closed;
    private volatile @Nullable String lastError;

    AccountCourier(String account, Carrier carrier, Terms given) {
        this.account = account;
        this.given = given;
        this.carrier = carrier;
        batch = Math.min(given.size().batch(), Math.max(1, carrier.connector().writesTogether()));
        permission = new Permission(carrier.connector(), given.clock());
        gate = new Gate(account, given.size().together(), given.rest(), signal::give);
        looking = new Thread(this::look, "cordboard-courier-" + account);
        looking.setDaemon(true);
        int threads = given.size().together();
        workers = new ThreadPoolExecutor(
                threads, threads, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(threads), task -> {
                    Thread thread = new Thread(task, "cordboard-courier-" + account + "-worker");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    void start() {
        looking.start();
    }

    void wake() {
        signal.give();
    }

    void pause(boolean pause) {
        paused = pause;
        signal.give();
    }

    @Nullable
    String lastError() {
        return lastError;
    }

    Courier.Breaker breaker() {
        return permission.isMissing() ? Courier.Breaker.UNAUTHORISED : gate.state();
    }

    private void look() {
        while (!closed) {
            signal.clear();
            Duration wait = LONGEST_WAIT;
            try {
                hastenWhenBack();
                List<Delivery> batch = paused ? List.of() : take();
                if (!batch.isEmpty()) {
                    workers.execute(() -> bring(batch));
                    continue;
                }
                wait = permission.isMissing() ? PERSON_WAIT : untilNext();
            } catch (RuntimeException e) {
                if (closed) {
                    return;
                }
                // The store cannot be read; whatever it is, this thread goes on.
                failed("what is due could not be read", e);
                wait = STORE_WAIT;
            }
            signal.await(wait);
        }
    }

    /**
     * What waits for its time because the account was away for long is not left waiting. A short absence is not enough:
     * a few writes that fail for themselves shut the gate too, and would then be tried over and over.
     */
    private void hastenWhenBack() {
        Instant now = given.clock().instant();
        if (gate.state() != Courier.Breaker.CLOSED) {
            awaySince = awaySince == null ? now : awaySince;
        } else if (awaySince != null) {
            if (!now.isBefore(awaySince.plus(LONG_AWAY))) {
                given.outbox().hasten(account, now);
            }
            awaySince = null;
        }
    }

    private List<Delivery> take() {
        int allowed = permission.most(batch);
        if (allowed == 0 || !gate.tryEnter()) {
            return List.of();
        }
        List<Delivery> chosen = List.of();
        try {
            Set<String> before;
            synchronized (taking) {
                before = Set.copyOf(busy);
            }
            int most = gate.isProbing() ? 1 : allowed;
            chosen = Batches.choose(due(LOOK_AT * batch + before.size()), before, !gate.hasOnePlaceLeft(), most);
            synchronized (taking) {
                chosen.forEach(delivery -> busy.add(delivery.lane()));
            }
            if (!chosen.isEmpty()) {
                permission.asking();
            }
            return chosen;
        } finally {
            if (chosen.isEmpty()) {
                gate.leaveUnused();
            }
        }
    }

    /** By turns the oldest and the newest, so that behind a long backlog a call of now does not wait for days. */
    private List<Delivery> due(int limit) {
        Instant now = given.clock().instant();
        newestFirst = !newestFirst;
        return newestFirst
                ? given.outbox().due(account, now, limit)
                : given.outbox().dueNewest(account, now, limit);
    }

    private Duration untilNext() {
        Optional<Instant> next = paused ? Optional.empty() : given.outbox().nextDue(account);
        Duration wait =
                next.map(at -> Duration.between(given.clock().instant(), at)).orElse(LONGEST_WAIT);
        // What is due already waits for a place, for its lane or for the account; all of these give the signal.
        return wait.isNegative() || wait.isZero() || wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private void bring(List<Delivery> batch) {
        long began = System.nanoTime();
        @Nullable Boolean failed = null;
        try {
            failed = Batches.kindOf(batch) == Kind.RECORDING ? bringRecording(batch.get(0)) : bringAll(batch);
        } finally {
            synchronized (taking) {
                batch.forEach(delivery -> busy.remove(delivery.lane()));
            }
            if (failed == null) {
                gate.leaveUnused();
            } else {
                gate.leave(failed, System.nanoTime() - began);
            }
            signal.give();
        }
    }

    private @Nullable Boolean bringAll(List<Delivery> batch) {
        if (!keep(batch.stream().map(Delivery::beingTried).toList())) {
            return null;
        }
        return answered(batch, carrier.carry(Batches.kindOf(batch), batch));
    }

    /** {@return whether the account failed, or null where that it needs a person says nothing about it} */
    private @Nullable Boolean answered(List<Delivery> batch, List<Verdict> verdicts) {
        boolean needsPerson = verdicts.stream().allMatch(Verdict::needsPerson);
        if (needsPerson) {
            permission.refused();
        } else {
            permission.answered(verdicts.stream().anyMatch(Verdict::isDone));
        }
        finish(
                batch,
                needsPerson ? verdicts : verdicts.stream().map(Verdict::alone).toList());
        return needsPerson ? null : verdicts.stream().allMatch(Verdict::isFailure);
    }

    private @Nullable Boolean bringRecording(Delivery delivery) {
        if (!carrier.takesRecordings()) {
            permission.notAsked();
            finish(List.of(delivery), List.of(carrier.noRecordings()));
            return null;
        }
        Carrier.Fetched fetched = carrier.fetch((CrmWrite.AttachRecording) delivery.write());
        if (fetched.file().isEmpty()) {
            permission.notAsked();
            finish(List.of(delivery), List.of(fetched.otherwise()));
            return null;
        }
        if (!keep(List.of(delivery.beingTried()))) {
            return null;
        }
        return answered(
                List.of(delivery),
                List.of(carrier.attach(delivery, fetched.file().get())));
    }

    private void finish(List<Delivery> batch, List<Verdict> verdicts) {
        Instant now = given.clock().instant();
        List<Delivery> after = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Verdict verdict = verdicts.get(i);
            Delivery next = verdict.apply(
                    given.policy(), batch.get(i), now, given.jitter().getAsDouble());
            after.add(next);
            lastError = next.reason() == null ? lastError : next.reason();
        }
        if (verdicts.stream().noneMatch(verdict -> verdict.isFailure() || verdict.needsPerson())) {
            lastError = null;
        }
        if (keep(after)) {
            after.forEach(this::tell);
        }
    }

    private void tell(Delivery delivery) {
        try {
            given.listener().accept(delivery);
        } catch (RuntimeException e) {
            // Whatever a listener does, the delivery is kept and the next one goes.
            LOG.error("The courier's listener failed: {}", e.getClass().getName(), e);
        }
    }

    /**
     * Puts deliveries on disk, waiting for a store that cannot write: what a CRM answered must not be forgotten.
     *
     * @return whether they are there; not when the courier is closed before
     */
    private boolean keep(List<Delivery> deliveries) {
        while (true) {
            try {
                given.outbox().update(deliveries);
                return true;
            } catch (RuntimeException e) {
                failed("deliveries could not be kept", e);
                if (closed) {
                    return false;
                }
                stopping.await(STORE_WAIT);
            }
        }
    }

    private void failed(String what, RuntimeException e) {
        lastError = String.valueOf(e.getMessage());
        LOG.error("Courier of {}: {}: {}", account, what, e.getMessage());
    }

    /** Tries deliveries again now, those of them that are not on their way and not done. */
    int retry(List<Long> ids, boolean alsoPending) {
        synchronized (taking) {
            Instant now = given.clock().instant();
            List<Delivery> again = ids.stream()
                    .map(given.outbox()::find)
                    .flatMap(Optional::stream)
                    .filter(delivery -> delivery.state() == Delivery.State.PARKED
                            || (alsoPending
                                    && delivery.state() == Delivery.State.PENDING
                                    && !busy.contains(delivery.lane())))
                    .map(delivery -> delivery.toBeTriedAt(now))
                    .toList();
            given.outbox().update(again);
            signal.give();
            return again.size();
        }
    }

    /** Begins to stop: nothing new is taken. */
    void stop() {
        closed = true;
        workers.shutdown();
        stopping.give();
        signal.give();
    }

    /** Waits for what is on its way; interrupts it when that takes too long. */
    void awaitEnd(long nanos) throws InterruptedException {
        if (!workers.awaitTermination(nanos, TimeUnit.NANOSECONDS)) {
            workers.shutdownNow();
        }
    }
}
