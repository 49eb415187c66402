// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.EndReason;
import io.cordboard.pbx.Dialing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes call events of what Asterisk says: a state machine without threads, clocks and I/O.
 *
 * <p>It collects facts about channels and asks after each what they mean ({@link Teller}), because the order of
 * Asterisk's events within some milliseconds is arbitrary. A call is told to be over a moment after its last channel
 * went, by {@link #tick}. Not safe for use by many threads.
 */
final class CallDeriver {
    /** How long after the last hang-up the rest of the same moment is awaited. */
    static final Duration LINGER = Duration.ofMillis(300);

    private static final Duration LATE_RECORD = Duration.ofSeconds(5);
    private static final Duration STRAY = Duration.ofSeconds(60);
    private static final Duration MAX_AGE = Duration.ofHours(12);

    private final Teller teller;
    private final FactBook facts;
    private final GivenIds ids = new GivenIds();
    private Duration skew = Duration.ZERO;

    CallDeriver(String pbx, Endpoints endpoints, AsteriskSettings.Variables variables) {
        this.facts = new FactBook(pbx, endpoints, variables);
        this.teller = new Teller(endpoints, facts::journeys);
    }

    /**
     * {@return what an event of Asterisk means}
     *
     * @param event the event
     * @param now when it was heard
     */
    List<CallEvent> on(AmiEvent event, Instant now) {
        Instant at = event.at(now.plus(skew));
        if (event.find("timestamp") != null) {
            skew = Duration.between(now, at);
        }
        List<CallEvent> out = new ArrayList<>();
        for (Journey journey : facts.note(ids.read(event, at), at, now, out)) {
            journey.heard(now);
            teller.tell(journey, now, out);
        }
        return out;
    }

    /**
     * {@return what the passing of time means: calls that are over, and calls of which nothing was heard for too long}
     *
     * @param now the time
     */
    List<CallEvent> tick(Instant now) {
        List<CallEvent> out = new ArrayList<>();
        List<Journey> gone = new ArrayList<>();
        for (Journey journey : List.copyOf(facts.journeys())) {
            teller.tell(journey, now, out);
            if (isDone(journey, now)) {
                gone.add(journey);
            } else if (journey.lastHeard().plus(MAX_AGE).isBefore(now)) {
                teller.close(journey, now.plus(skew), EndReason.UNKNOWN, out);
                gone.add(journey);
            }
        }
        gone.forEach(facts::forget);
        return out;
    }

    private static boolean isDone(Journey journey, Instant now) {
        Instant last = journey.lastHeard();
        return journey.lines().isEmpty()
                || (journey.over() && last.plus(LATE_RECORD).isBefore(now))
                || (journey.direction() == null
                        && journey.root().isEmpty()
                        && last.plus(STRAY).isBefore(now));
    }

    /** Remembers a click-to-call request before it is sent. */
    void order(Dialing.Order order) {
        facts.order(order);
    }

    /** Notes that the connection broke: what is heard from now on belongs to the next. */
    void disconnected() {
        facts.disconnected();
    }

    /**
     * {@return what it means that Asterisk has told all its channels: calls that it no longer has are over}
     *
     * @param live the calls that the store takes for running
     * @param now when it was heard
     */
    List<CallEvent> snapshotComplete(Set<CallId> live, Instant now) {
        List<CallEvent> out = new ArrayList<>();
        Instant at = now.plus(skew);
        facts.hangUpVanished(at, now);
        for (Journey journey : List.copyOf(facts.journeys())) {
            if (live.contains(journey.id()) && !journey.arrived()) {
                journey.known();
            }
            if (journey.arrived() && journey.over() && isVanished(journey)) {
                teller.close(journey, at, EndReason.UNKNOWN, out);
            } else {
                teller.tell(journey, now, out);
            }
        }
        for (CallId call : live) {
            Journey journey = facts.journey(call);
            if (journey == null || (journey.direction() == null && journey.over())) {
                out.add(new CallEvent.Ended(call, at, EndReason.UNKNOWN, null, null));
            }
        }
        facts.forgetShown();
        return out;
    }

    /** Notes that a list of channels was begun before events were lost: it says nothing about now. */
    void snapshotOutdated() {
        facts.forgetShown();
    }

    private static boolean isVanished(Journey journey) {
        return journey.lines().stream().anyMatch(line -> line.cause().isEmpty());
    }

    /** {@return the channel to hang up when a call is to end} */
    Optional<String> channelToHangUp(CallId call) {
        Journey journey = facts.journey(call);
        return journey == null
                ? Optional.empty()
                : teller.customerOrAny(journey).map(Line::name);
    }

    /** {@return the channel of the agent who talks with the customer} */
    Optional<String> channelToTransfer(CallId call) {
        Journey journey = facts.journey(call);
        return journey == null ? Optional.empty() : teller.talkingAgent(journey).map(Line::name);
    }

    /** {@return how many channels are remembered} */
    int size() {
        return facts.size();
    }
}
