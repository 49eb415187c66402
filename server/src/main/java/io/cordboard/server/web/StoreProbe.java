// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import io.cordboard.connector.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store can be written. Trying costs a write that waits for the disk, so what was found is believed for a
 * second; while one request tries, the others are told what was found before. Safe for use by many threads.
 */
final class StoreProbe {
    private static final Logger LOG = LoggerFactory.getLogger(StoreProbe.class);
    private static final Duration BELIEVED = Duration.ofSeconds(1);

    private final Runnable write;
    private final Clock clock;
    private final ReentrantLock trying = new ReentrantLock();
    private volatile @Nullable Found last;

    /**
     * Creates a probe.
     *
     * @param write writes something small; throws {@link StoreException} when that fails
     * @param clock the time
     */
    StoreProbe(Runnable write, Clock clock) {
        this.write = write;
        this.clock = clock;
    }

    boolean writable() {
        Found known = last;
        if (known != null && isFresh(known)) {
            return known.writable();
        }
        if (known != null && !trying.tryLock()) {
            return known.writable();
        }
        if (known == null) {
            trying.lock();
        }
        try {
            Found meanwhile = last;
            if (meanwhile != null && isFresh(meanwhile)) {
                return meanwhile.writable();
            }
            boolean writable = attempt();
            last = new Found(writable, clock.instant());
            return writable;
        } finally {
            trying.unlock();
        }
    }

    /** A clock that was set back must not keep an old finding for ever. */
    private boolean isFresh(Found found) {
        return Duration.between(found.at(), clock.instant()).abs().compareTo(BELIEVED) < 0;
    }

    private boolean attempt() {
        try {
            write.run();
            return true;
        } catch (StoreException e) {
            LOG.error("The store cannot be written: {}", e.getMessage());
            return false;
        }
    }

    private record Found(boolean writable, Instant at) {}
}
