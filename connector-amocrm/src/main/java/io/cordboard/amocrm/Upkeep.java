// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done in the background: connecting, asking for webhooks, keeping the permission alive, tidying. */
final class Upkeep implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration ROUND = Duration.ofHours(1);

    private final String account;
    private final Work work;
    private final ScheduledExecutorService thread;
    private final LongAdder rounds = new LongAdder();

    Upkeep(String account, Work work) {
        this.account = account;
        this.work = work;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread one = new Thread(task, "amocrm-upkeep-" + account);
            one.setDaemon(true);
            return one;
        });
    }

    void start() {
        soon(this::round);
    }

    /** Turns a code into tokens that just came. */
    void connect() {
        soon(() -> redeem(AGAIN));
    }

    Map<String, Long> counts() {
        return Map.of("upkeep_rounds", rounds.sum());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void round() {
        boolean all = false;
        try {
            all = all();
        } finally {
            rounds.increment();
            // Whatever fails now, such as the disk, is tried again.
            later(this::round, all ? ROUND : AGAIN);
        }
    }

    private boolean all() {
        work.journal().tidy();
        redeem(AGAIN);
        boolean all = step("could not be asked", () -> {
            Fault fault = work.info().learn(Traffic.SYNC);
            if (fault != null) {
                throw fault.asException();
            }
            work.remember().run();
        });
        all &= step(
                "does not tell of changes yet",
                () -> work.subscription()
                        .filter(subscription -> !subscription.isThere())
                        .ifPresent(Subscription::ask));
        all &= step("could not be asked how it searches", work.probe()::learn);
        return all;
    }

    private boolean step(String what, Runnable step) {
        try {
            step.run();
            return true;
        } catch (ConnectorException e) {
            if (thread.isShutdown()) {
                return false;
            }
            log.warn("amocrm {}: the account {}: {}", account, what, e.getMessage());
            return !e.reason().retryable();
        }
    }

    private void redeem(Duration wait) {
        if (work.app().isEmpty()) {
            return;
        }
        try {
            if (work.app().get().redeem()) {
                soon(this::round);
            }
        } catch (ConnectorException e) {
            log.warn("amocrm {}: the code was not exchanged: {}", account, e.getMessage());
            if (e.reason() == Reason.UNAVAILABLE) {
                later(() -> redeem(wait.multipliedBy(2)), wait);
            }
        }
    }

    private void soon(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("amocrm {}: closed", account);
        }
    }

    private void later(Runnable task, Duration wait) {
        try {
            Future<?> unused = thread.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("amocrm {}: closed", account);
        }
    }

    /**
     * What there is to do.
     *
     * @param journal is tidied
     * @param info is asked what the account is
     * @param remember is run when the account is known
     * @param app is connected
     * @param subscription is asked for
     * @param probe finds out how the account searches
     */
    record Work(
            Journal journal,
            AccountInfo info,
            Runnable remember,
            Optional<OauthAccess> app,
            Optional<Subscription> subscription,
            SearchProbe probe) {}
}
