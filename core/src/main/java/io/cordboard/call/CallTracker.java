// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls from events: a fold, {@code (Call, CallEvent) -> Call}.
 *
 * <p>A call is a function of the set of things that were said about it, each with the earliest time at which it was
 * said. So any order and any repetition of a call's events give the same call; only {@link Call#corrections()} tells in
 * which order the late ones came.
 */
public final class CallTracker {
    /** The most things that are kept of one call; more are a fault of the PBX. */
    static final int MOST_EVENTS = 2_000;

    private CallTracker() {}

    /**
     * {@return the call after one more event; the same object when the event says nothing new}
     *
     * @param before the call so far, or null for the first event
     * @param event what happened
     * @throws IllegalArgumentException if the event belongs to another call
     */
    public static Call apply(@Nullable Call before, CallEvent event) {
        if (before == null) {
            return CallReading.of(List.of(event), List.of());
        }
        if (!before.id().equals(event.call())) {
            throw new IllegalArgumentException("an event of " + event.call() + " is not one of " + before.id());
        }
        List<CallEvent> events = new ArrayList<>(before.events());
        if (!addNews(events, event)) {
            return before;
        }
        Call after = CallReading.of(events, before.corrections());
        List<Correction> corrections = Differences.between(before, after, event.at());
        if (before.state() != CallState.SETTLED || corrections.isEmpty()) {
            return after;
        }
        List<Correction> all = new ArrayList<>(before.corrections());
        all.addAll(corrections);
        return CallReading.of(events, all);
    }

    private static boolean addNews(List<CallEvent> events, CallEvent event) {
        String key = event.key();
        for (int i = 0; i < events.size(); i++) {
            CallEvent known = events.get(i);
            if (known.key().equals(key)) {
                if (!event.at().isBefore(known.at())) {
                    return false;
                }
                events.set(i, event);
                return true;
            }
        }
        if (events.size() >= MOST_EVENTS
                && !(event instanceof CallEvent.Ended)
                && !(event instanceof CallEvent.Settled)) {
            return false;
        }
        events.add(event);
        return true;
    }

    /**
     * {@return when a call is to be settled, unless it is}
     *
     * @param call a call
     * @param patience how long to wait
     * @param lastHeard when the last news of the call was received; not when it happened, because a PBX may tell it
     *     late
     */
    public static Optional<Instant> settlesAt(Call call, Patience patience, Instant lastHeard) {
        return switch (call.state()) {
            case SETTLED -> Optional.empty();
            case ENDED ->
                Optional.of(lastHeard.plus(hasCompleteRecord(call) ? patience.forStragglers() : patience.forRecord()));
            case NEW, QUEUED, RINGING, CONNECTED, HELD -> Optional.of(lastHeard.plus(patience.forEnd()));
        };
    }

    /**
     * {@return the event that settles a call, if its time has come}
     *
     * @param call a call
     * @param patience how long to wait
     * @param lastHeard when the last news of the call was received
     * @param now the time
     */
    public static Optional<CallEvent.Settled> settle(Call call, Patience patience, Instant lastHeard, Instant now) {
        return settlesAt(call, patience, lastHeard)
                .filter(due -> !now.isBefore(due))
                .map(due -> new CallEvent.Settled(call.id(), now, call.state() != CallState.ENDED));
    }

    private static boolean hasCompleteRecord(Call call) {
        return call.events().stream()
                .anyMatch(event ->
                        event instanceof CallEvent.Recorded r && r.record().complete());
    }

    /**
     * How long to wait before a call is settled. Immutable.
     *
     * @param forRecord after the last leg ended, when the PBX sends no final record
     * @param forStragglers after the PBX's final record, for live events that it overtook
     * @param forEnd after the last event of a call whose end never came
     */
    public record Patience(Duration forRecord, Duration forStragglers, Duration forEnd) {
        /** 5 seconds for a record, 1 second for stragglers, 4 hours for the end. */
        public static final Patience DEFAULT =
                new Patience(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofHours(4));

        /** Checks that nothing is negative. */
        public Patience {
            if (forRecord.isNegative() || forStragglers.isNegative() || forEnd.isNegative()) {
                throw new IllegalArgumentException("patience cannot be negative");
            }
        }

        /**
         * {@return the same patience with another grace time; a record never waits longer than that}
         *
         * @param grace after the last leg ended
         */
        public Patience withGrace(Duration grace) {
            return new Patience(grace, forStragglers.compareTo(grace) > 0 ? grace : forStragglers, forEnd);
        }
    }
}
