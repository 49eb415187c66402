// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cards that this program itself wrote to a moment ago: the account tells of these writes as of anybody's. Safe for use
 * by many threads.
 */
final class Echoes {
    private static final Duration KEPT = Duration.ofMinutes(10);
    /** The clocks may differ a little, and an event carries the second of the change. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private static final int MOST = 20_000;

    private final Clock clock;
    private final Map<Card, Instant> written = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Card, Instant> eldest) {
            return size() > MOST;
        }
    };

    Echoes(Clock clock) {
        this.clock = clock;
    }

    void wrote(Collection<Card> cards) {
        Instant now = clock.instant();
        synchronized (written) {
            cards.forEach(card -> {
                written.remove(card);
                written.put(card, now);
            });
        }
    }

    /**
     * {@return whether a change is this program's own}
     *
     * @param card what changed
     * @param at when, by the account's clock
     */
    boolean isOwn(Card card, Instant at) {
        synchronized (written) {
            Instant when = written.get(card);
            return when != null
                    && clock.instant().isBefore(when.plus(KEPT))
                    && Duration.between(when, at).abs().compareTo(SLACK) <= 0;
        }
    }
}
