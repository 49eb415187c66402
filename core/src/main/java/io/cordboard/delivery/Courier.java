// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import io.cordboard.call.CallId;
import io.cordboard.call.Recording;
import io.cordboard.connector.Connector;
import io.cordboard.pbx.Recordings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings deliveries from the outbox to the CRMs: one ordered lane per call, one budget per account, batches, retries,
 * nothing dropped.
 *
 * <p>That a delivery is being tried is on disk before it is sent, and what became of it before the next of its lane may
 * go: whenever the process dies, the next attempt looks first. Each account has its own threads and a breaker of its
 * own, so one that is down holds nothing else back. Behind a backlog the oldest and the newest deliveries go by turns.
 * Safe for use by many threads.
 */
public final class Courier implements AutoCloseable {
    private static final int MANY = 100_000;
    private static final int TOGETHER = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Outbox outbox;
    private final Clock clock;
    private final Map<String, AccountCourier> accounts;

    private Courier(Terms terms, Map<String, AccountCourier> accounts) {
        outbox = terms.outbox();
        clock = terms.clock();
        this.accounts = accounts;
    }

    /**
     * {@return a builder of a courier without accounts}
     *
     * @param outbox where the deliveries are
     * @param clock the time
     */
    public static Builder builder(Outbox outbox, Clock clock) {
        return new Builder(outbox, clock);
    }

    /** Begins to bring what is due; call it once. */
    public void start() {
        accounts.values().forEach(AccountCourier::start);
    }

    /**
     * Says that there is something new to bring; returns at once. Call it after the deliveries are on disk.
     *
     * @param account the CRM's id; one that the courier does not serve is ignored
     */
    public void wake(String account) {
        AccountCourier courier = accounts.get(account);
        if (courier != null) {
            courier.wake();
        }
    }

    /**
     * Tries a delivery again now, whether it is parked or waits for its time.
     *
     * @param id the delivery
     * @return whether there is such a delivery and it is not done
     */
    public boolean retry(long id) {
        Optional<Delivery> found = outbox.find(id);
        if (found.isEmpty() || found.get().state() == Delivery.State.DONE) {
            return false;
        }
        AccountCourier courier = accounts.get(found.get().account());
        if (courier == null) {
            outbox.update(List.of(found.get().toBeTriedAt(clock.instant())));
        } else {
            courier.retry(List.of(id), true);
        }
        return true;
    }

    /**
     * Tries every parked delivery again now.
     *
     * @return how many there were
     */
    public int retryAll() {
        Map<String, List<Long>> parked = new HashMap<>();
        for (Delivery delivery : outbox.list(Delivery.State.PARKED, MANY)) {
            parked.computeIfAbsent(delivery.account(), account -> new ArrayList<>())
                    .add(delivery.id());
        }
        int again = 0;
        for (var entry : parked.entrySet()) {
            AccountCourier courier = accounts.get(entry.getKey());
            List<Long> ids = entry.getValue();
            for (int i = 0; courier != null && i < ids.size(); i += TOGETHER) {
                again += courier.retry(ids.subList(i, Math.min(ids.size(), i + TOGETHER)), false);
            }
        }
        return again;
    }

    /** Takes nothing new until {@link #resumeAll()}; what is on its way goes on. Returns at once. */
    public void pauseAll() {
        accounts.values().forEach(courier -> courier.pause(true));
    }

    /** Goes on after {@link #pauseAll()}. */
    public void resumeAll() {
        accounts.values().forEach(courier -> courier.pause(false));
    }

    /**
     * {@return how the deliveries of an account stand, if the courier serves it; reads the outbox}
     *
     * @param account the CRM's id
     */
    public Optional<Status> status(String account) {
        return Optional.ofNullable(accounts.get(account))
                .map(courier -> new Status(
                        outbox.count(account, Delivery.State.PENDING),
                        outbox.count(account, Delivery.State.PARKED),
                        courier.breaker(),
                        courier.lastError()));
    }

    /** Takes nothing new from now on; returns at once. */
    public void stop() {
        accounts.values().forEach(AccountCourier::stop);
    }

    /**
     * Takes nothing new and waits 8 seconds at most for what is on its way; what then is still unanswered is looked for
     * at the next start.
     */
    @Override
    public void close() {
        close(PATIENCE);
    }

    /**
     * Closes as {@link #close()} does.
     *
     * @param longest how long to wait for what is on its way
     */
    public void close(Duration longest) {
        stop();
        long end = System.nanoTime() + longest.toNanos();
        for (AccountCourier courier : accounts.values()) {
            try {
                courier.awaitEnd(Math.max(0, end - System.nanoTime()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether an account is asked to do anything. */
    public enum Breaker {
        /** It works. */
        CLOSED,
        /** It failed several times in a row and is left alone for a while. */
        OPEN,
        /** One delivery is tried, to see whether it is back. */
        PROBING,
        /** A person has to give the permission again; until then everything waits, however long that takes. */
        UNAUTHORISED
    }

    /**
     * How the deliveries of an account stand. Immutable.
     *
     * @param pending how many are to be tried, now or later
     * @param parked how many wait for a person
     * @param breaker whether the account is asked to do anything
     * @param lastError why the last delivery that was not done was not, or null when the last ones were
     */
    public record Status(
            long pending,
            long parked,
            Breaker breaker,
            @Nullable String lastError) {}

    /** Makes a courier. Not safe for use by many threads. */
    public static final class Builder {
        private static final int BATCH = 200;
        private static final int CALLS = 4;

        private final Outbox outbox;
        private final Clock clock;
        private final List<Connector> connectors = new ArrayList<>();
        private BiFunction<CallId, Recording, Recordings.Answer> recordings =
                (call, recording) -> new Recordings.Gone("No PBX hands out recordings.");
        private Consumer<Delivery> listener = delivery -> {};
        private DoubleSupplier jitter = () -> ThreadLocalRandom.current().nextDouble();
        private Gate.Rest rest = new Gate.Rest(Duration.ofSeconds(2), Duration.ofMinutes(1));
        private int batchSize = BATCH;
        private int together = CALLS;

        private Builder(Outbox outbox, Clock clock) {
            this.outbox = Objects.requireNonNull(outbox, "outbox");
            this.clock = Objects.requireNonNull(clock, "clock");
        }

        /**
         * Adds a CRM account. The default is none.
         *
         * @param connector the account
         * @return this builder
         */
        public Builder crm(Connector connector) {
            if (connectors.stream().anyMatch(other -> other.account().equals(connector.account()))) {
                throw new IllegalArgumentException("two accounts are called " + connector.account());
            }
            connectors.add(connector);
            return this;
        }

        /**
         * Sets who hands out recordings. The default is nobody.
         *
         * @param source asks the PBX of the call once; may throw a {@code ConnectorException}
         * @return this builder
         */
        public Builder recordings(BiFunction<CallId, Recording, Recordings.Answer> source) {
            recordings = source;
            return this;
        }

        /**
         * Sets who is told what became of each attempt, after it is on disk. The default is nobody.
         *
         * @param told is called on the courier's threads; returns soon
         * @return this builder
         */
        public Builder listener(Consumer<Delivery> told) {
            listener = told;
            return this;
        }

        /**
         * Sets how many writes a role is given at once, if its connector takes so many. The default is 200.
         *
         * @param writes at least 1, at most 200
         * @return this builder
         */
        public Builder batchSize(int writes) {
            if (writes < 1 || writes > 200) {
                throw new IllegalArgumentException("batchSize must be from 1 to 200: " + writes);
            }
            batchSize = writes;
            return this;
        }

        /**
         * Sets how many calls to the roles of one account are made at the same time. The default is 4.
         *
         * @param calls at least 1, at most 64
         * @return this builder
         */
        public Builder together(int calls) {
            if (calls < 1 || calls > 64) {
                throw new IllegalArgumentException("together must be from 1 to 64: " + calls);
            }
            together = calls;
            return this;
        }

        /**
         * Sets how long an account that failed several times in a row is left alone. The default is 2 seconds, twice as
         * long each further time, at most 1 minute.
         *
         * @param first the first time
         * @param longest the most; longer than the first time
         * @return this builder
         */
        public Builder rest(Duration first, Duration longest) {
            if (first.toMillis() < 10 || longest.compareTo(first) <= 0) {
                throw new IllegalArgumentException("rest must be at least 10ms and grow: " + first + ", " + longest);
            }
            rest = new Gate.Rest(first, longest);
            return this;
        }

        /** Lets tests say what the random part of a wait is. */
        Builder jitter(DoubleSupplier random) {
            jitter = random;
            return this;
        }

        /** {@return a courier that is not started} */
        public Courier build() {
            Terms terms = new Terms(
                    outbox, clock, new RetryPolicy(), listener, jitter, rest, new Terms.Size(batchSize, together));
            Map<String, AccountCourier> accounts = new LinkedHashMap<>();
            for (Connector connector : connectors) {
                Carrier carrier = new Carrier(
                        connector,
                        recordings,
                        key -> outbox.find(connector.account(), key).map(Delivery::ref));
                accounts.put(connector.account(), new AccountCourier(connector.account(), carrier, terms));
            }
            return new Courier(terms, accounts);
        }
    }
}
