// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import io.cordboard.connector.Memory;
import io.cordboard.pbx.Recordings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Recordings that were announced and are not there yet: asked for again, less and less often, and given up after a day.
 * Since when each is waited for survives a restart. Safe for use by many threads.
 */
public final class AnnouncedFiles {
    private static final Duration PATIENCE = Duration.ofDays(1);
    private static final Duration RAREST = Duration.ofHours(1);
    private static final String ASKED = "recording/";

    private final String vendor;
    private final Memory memory;
    private final Clock clock;
    private final Duration delay;

    /**
     * Creates one.
     *
     * @param vendor the vendor's name, for messages
     * @param memory where it is kept since when a recording is waited for
     * @param clock the time
     * @param delay how soon to ask again at first
     */
    public AnnouncedFiles(String vendor, Memory memory, Clock clock, Duration delay) {
        this.vendor = vendor;
        this.memory = memory;
        this.clock = clock;
        this.delay = delay;
    }

    /**
     * {@return when to ask for a recording again, or that it will never come}
     *
     * @param name the recording's name
     */
    public Recordings.Answer notYet(String name) {
        Instant now = clock.instant();
        Instant first = memory.get(ASKED + name).map(Instant::parse).orElse(now);
        if (first.equals(now)) {
            memory.put(ASKED + name, now.toString());
        }
        Duration waited = Duration.between(first, now);
        if (waited.compareTo(PATIENCE) > 0) {
            memory.remove(ASKED + name);
            return new Recordings.Gone(vendor + " announced the recording and never had a file for it");
        }
        Duration again = waited.compareTo(delay) > 0 ? waited : delay;
        return new Recordings.NotYet(again.compareTo(RAREST) > 0 ? RAREST : again);
    }

    /**
     * Forgets a recording that is there.
     *
     * @param name the recording's name
     */
    public void arrived(String name) {
        memory.remove(ASKED + name);
    }
}
