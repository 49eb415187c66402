// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.pbx.CallSink;
import io.cordboard.pbx.CallSource;
import io.cordboard.pbx.Dialing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes Asterisk's events off its connection, makes calls of them and gives them to the sink.
 *
 * <p>The queue between is bounded. One thread empties it in batches, so a slow disk makes batches longer, not the wait.
 * When it overflows all the same, what was lost is made good by asking Asterisk for everything again. Safe for use by
 * many threads.
 */
final class AsteriskCalls implements CallSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AsteriskCalls.class);
    private static final int BATCH = 500;
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** How long a failure that comes again and again has to wait until everything is asked for again. */
    private static final Duration BETWEEN_REPAIRS = Duration.ofSeconds(5);

    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final String account;
    private final Clock clock;
    private final CallDeriver deriver;
    private final Consumer<AmiEvent> others;
    private final BlockingQueue<Heard> queue;
    private final Object lock = new Object();
    private final Thread worker;
    private volatile boolean closed;
    private volatile boolean storeFails;
    private volatile boolean overflowed;
    private volatile @Nullable CallSink sink;
    private volatile LongSupplier onLoss = () -> 0;
    private final AsteriskCounts counts;
    private Instant ticked = Instant.EPOCH;
    private long firstList;
    private boolean failed;
    private @Nullable Long repairedAt;

    private record Heard(AmiEvent event, Instant at) {}

    /**
     * Creates a source that is not started.
     *
     * @param context whose calls these are, and the time
     * @param counts where the events are counted
     * @param settings how to read the events
     * @param capacity how many events may wait
     * @param others is told every event, too; returns at once
     */
    AsteriskCalls(
            ConnectorContext context,
            AsteriskCounts counts,
            AsteriskSettings settings,
            int capacity,
            Consumer<AmiEvent> others) {
        this.account = context.account();
        this.clock = context.clock();
        this.counts = counts;
        this.others = others;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.deriver = new CallDeriver(account, new Endpoints(settings), settings.variables());
        this.worker = new Thread(this::work, "asterisk-" + account + "-calls");
        worker.setDaemon(true);
    }

    @Override
    public void tell(CallSink whom) {
        sink = whom;
    }

    /** Says what asks for everything again when events were lost; it returns the number of the list that will tell. */
    void onLoss(LongSupplier resync) {
        onLoss = resync;
    }

    void start() {
        worker.start();
    }

    /** Takes an event and returns at once, because the whole connection waits. */
    void hear(AmiEvent event) {
        boolean taken = queue.offer(new Heard(event, clock.instant()));
        counts.add(taken ? AsteriskCounts.EVENTS : AsteriskCounts.DROPPED);
        if (!taken && !overflowed) {
            overflowed = true;
            LOG.warn(
                    "Asterisk {} says more than can be stored; the state of all calls will be asked for again",
                    account);
        }
    }

    /** {@return whether the store refuses what it is given} */
    boolean storeFails() {
        return storeFails;
    }

    /** Remembers a click-to-call request before it is sent. */
    void order(Dialing.Order order) {
        synchronized (lock) {
            deriver.order(order);
        }
    }

    /** {@return what the present state of the calls says} */
    <T> Optional<T> ask(Function<CallDeriver, Optional<T>> question) {
        synchronized (lock) {
            return question.apply(deriver);
        }
    }

    private void work() {
        List<Heard> batch = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            batch.clear();
            try {
                Heard first = queue.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            List<CallEvent> news = new ArrayList<>();
            synchronized (lock) {
                for (Heard heard : batch) {
                    safely(heard.event().name(), () -> derive(heard, news));
                    safely(heard.event().name(), () -> others.accept(heard.event()));
                }
                safely("resync", this::makeGoodLoss);
                safely("tick", () -> tick(news));
            }
            tell(news);
        }
    }

    /** What fails over one event must not end the thread: the calls that follow would not be told. */
    private void safely(String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            counts.add(AsteriskCounts.FAILED);
            if (!failed) {
                LOG.error(
                        "Asterisk {}: \"{}\" could not be worked off: {}; all calls will be asked for again",
                        account,
                        what,
                        Where.of(e));
            }
            failed = true;
        }
    }

    private void tick(List<CallEvent> news) {
        Instant now = clock.instant();
        if (queue.isEmpty() && Duration.between(ticked, now).abs().compareTo(TICK) >= 0) {
            ticked = now;
            news.addAll(deriver.tick(now));
        }
    }

    private void derive(Heard heard, List<CallEvent> news) {
        AmiEvent event = heard.event();
        if (event.is(AmiLink.DISCONNECTED)) {
            deriver.disconnected();
            firstList = AmiLink.list(event) + 1;
        } else if (event.is("coreshowchannelscomplete") && AmiLink.list(event) < firstList) {
            deriver.snapshotOutdated();
        } else if (event.is("coreshowchannelscomplete")) {
            news.addAll(deriver.snapshotComplete(live(), heard.at()));
        } else {
            news.addAll(deriver.on(event, heard.at()));
        }
    }

    /** What is heard after the loss is sure; what was heard before has to show itself again. */
    private void makeGoodLoss() {
        if (queue.isEmpty() && (overflowed || (failed && mayRepair()))) {
            overflowed = false;
            failed = false;
            repairedAt = System.nanoTime();
            counts.add(AsteriskCounts.RESYNCS);
            deriver.disconnected();
            firstList = onLoss.getAsLong();
        }
    }

    private boolean mayRepair() {
        Long last = repairedAt;
        return last == null || System.nanoTime() - last >= BETWEEN_REPAIRS.toNanos();
    }

    private Set<CallId> live() {
        CallSink whom = sink;
        return whom == null ? Set.of() : whom.live(account);
    }

    /** What could not be stored is kept and offered again: an event is heard only once. */
    private void tell(List<CallEvent> news) {
        CallSink whom = sink;
        if (news.isEmpty() || whom == null) {
            return;
        }
        Duration pause = Duration.ofMillis(100);
        while (!Thread.currentThread().isInterrupted()) {
            try {
                whom.accept(news);
                storeFails = false;
                return;
            } catch (RuntimeException e) {
                if (!storeFails) {
                    LOG.error(
                            "The store cannot take the events of Asterisk {}; they are kept and offered again",
                            account,
                            e);
                }
                storeFails = true;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            worker.join(FAREWELL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        worker.interrupt();
    }
}
