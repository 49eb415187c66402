// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.call.CallId;
import io.cordboard.call.PhoneNumber;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who registers a call: its card or its record, never both at once. Two registrations would be two calls. And who makes
 * a customer of a number, because a card may, too. Safe for use by many threads.
 */
final class Claims {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final Set<Object> taken = new HashSet<>();

    /** {@return whether the call is now the asker's, who releases it} */
    boolean claim(CallId call, Duration patience) {
        return take(call, patience);
    }

    /** {@return whether the asker, who releases it, is now the only one to make a customer of the number} */
    boolean claim(PhoneNumber number, Duration patience) {
        return take(number.main(), patience);
    }

    private boolean take(Object what, Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!taken.add(what)) {
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
        free(call);
    }

    void release(PhoneNumber number) {
        free(number.main());
    }

    private void free(Object what) {
        lock.lock();
        try {
            taken.remove(what);
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
