// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import java.util.Comparator;
import java.util.List;

/** One order of all events of a call: by time, then as things usually follow each other, then by what they say. */
final class EventOrder {
    private static final List<Class<? extends CallEvent>> USUAL = List.of(
            CallEvent.Arrived.class,
            CallEvent.Queued.class,
            CallEvent.LegRinging.class,
            CallEvent.LegAnswered.class,
            CallEvent.LegHeld.class,
            CallEvent.LegResumed.class,
            CallEvent.Consulted.class,
            CallEvent.Transferred.class,
            CallEvent.RecordingAvailable.class,
            CallEvent.LegEnded.class,
            CallEvent.Ended.class,
            CallEvent.Recorded.class,
            CallEvent.Absorbed.class,
            CallEvent.Settled.class);

    static final Comparator<CallEvent> BY_TIME = Comparator.comparing(CallEvent::at)
            .thenComparingInt(event -> USUAL.indexOf(event.getClass()))
            .thenComparing(CallEvent::key);

    private EventOrder() {}

    static List<Class<? extends CallEvent>> kinds() {
        return USUAL;
    }
}
