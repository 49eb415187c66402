// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import org.jspecify.annotations.Nullable;

/** Makes calls from events: a fold, {@code (Call, CallEvent) -> Call}. */
public final class CallTracker {
    private CallTracker() {}

    /**
     * {@return the call after one more event; the same object when the event says nothing new}
     *
     * @param before the call so far, or null for the first event
     * @param event what happened
     */
    public static Call apply(@Nullable Call before, CallEvent event) {
        if (before == null) {
            throw new IllegalStateException("not written yet: " + event);
        }
        return before;
    }
}
