// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Seven requests in any second for an integration, fifty for the account; whoever does not listen is shut out until a
 * person helps. Guarded by the sandbox's lock.
 */
final class Limits {
    private static final long SECOND = 1000;

    private final Clock clock;
    private final Map<String, Deque<Long>> recent = new HashMap<>();
    private int perClient = 7;
    private int perAccount = 50;
    private int patience = Integer.MAX_VALUE;
    private boolean on;
    private int refused;
    private boolean blocked;

    Limits(Clock clock, boolean on) {
        this.clock = clock;
        this.on = on;
    }

    void rate(int client, int account) {
        perClient = client;
        perAccount = account;
        on = true;
    }

    /** After how many refusals the account is shut out. */
    void patience(int refusals) {
        patience = refusals;
    }

    void off() {
        on = false;
    }

    void block(boolean now) {
        blocked = now;
    }

    boolean blocked() {
        return blocked;
    }

    int refused() {
        return refused;
    }

    /** Whether a request of a client is one too many. */
    boolean tooMany(String client) {
        if (!on) {
            return false;
        }
        Deque<Long> own = recent(client);
        Deque<Long> all = recent("");
        if (own.size() >= perClient || all.size() >= perAccount) {
            refused++;
            blocked |= refused >= patience;
            return true;
        }
        own.addLast(clock.millis());
        all.addLast(clock.millis());
        return false;
    }

    private Deque<Long> recent(String client) {
        Deque<Long> times = recent.computeIfAbsent(client, name -> new ArrayDeque<>());
        while (!times.isEmpty() && times.peekFirst() <= clock.millis() - SECOND) {
            times.removeFirst();
        }
        return times;
    }
}
