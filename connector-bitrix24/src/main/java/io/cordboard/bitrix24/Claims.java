// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.call.CallId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who registers a call: its card or its record, never both at once. Two registrations would be two calls. Safe for use
 * by many threads.
 */
final class Claims {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final Set<CallId> taken = new HashSet<>();

    /** {@return whether the call is now the asker's, who releases it} */
    boolean claim(CallId call, Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!taken.add(call)) {
                if (left <= 0) {
                    return false;
                }
                left = released.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    void release(CallId call) {
        lock.lock();
        try {
            taken.remove(call);
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
