// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.asterisk.Journey.Handover;
import io.cordboard.asterisk.Line.Fact;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.EndedBy;
import io.cordboard.call.Extension;
import io.cordboard.call.LegEnd;
import io.cordboard.call.Party;
import io.cordboard.call.Recording;
import io.cordboard.call.Transfer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says what the facts about a call mean, each thing once: who rings, who talks with the customer, how it ended. Holds
 * no facts of its own.
 */
final class Teller {
    /** The name of a recording of which Asterisk did not say the file begins with this. */
    static final String UNNAMED = "uniqueid:";

    private static final Duration SAME_MOMENT = Duration.ofSeconds(2);
    private static final Duration TOGETHER = Duration.ofMillis(50);

    private final Arrivals arrivals;

    Teller(Endpoints endpoints, Supplier<Collection<Journey>> journeys) {
        this.arrivals = new Arrivals(endpoints, journeys);
    }

    /** Says everything that is new about a call. */
    void tell(Journey journey, Instant now, List<CallEvent> out) {
        boolean last = lastMoment(journey, now);
        if (journey.direction() == null && !arrivals.arrive(journey, last, out)) {
            return;
        }
        if (journey.consultationOf() != null) {
            consult(journey, out);
            return;
        }
        CallId id = journey.id();
        journey.queues().forEach((queue, at) -> journey.say(new CallEvent.Queued(id, at, queue), out));
        List.copyOf(journey.lines()).forEach(line -> leg(journey, line, last, out));
        redirects(journey);
        for (Handover handover : journey.handovers()) {
            journey.say(
                    new CallEvent.Transferred(id, handover.at(), handover.kind(), handover.from(), handover.to()), out);
        }
        if (journey.answered()) {
            journey.recordings()
                    .forEach((name, at) ->
                            journey.say(new CallEvent.RecordingAvailable(id, at, new Recording(name, null)), out));
        }
        if (last) {
            close(journey, null, out);
        }
    }

    private static boolean lastMoment(Journey journey, Instant now) {
        return journey.over()
                && journey.lines().stream()
                        .flatMap(line -> line.closedAt().stream())
                        .max(Comparator.naturalOrder())
                        .filter(heard -> !heard.plus(CallDeriver.LINGER).isAfter(now))
                        .isPresent();
    }

    private void leg(Journey journey, Line line, boolean last, List<CallEvent> out) {
        Extension agent = line.endpoint().agent();
        boolean root = line.id().equals(journey.id().value());
        boolean outbound = journey.direction() == Direction.OUTBOUND;
        if (agent != null && (line.endpoint().isAgent() || (root && outbound))) {
            if (root && outbound) {
                dialler(journey, line, Party.agent(agent), out);
            } else if (!root) {
                agent(journey, line, Party.agent(agent), out);
            } else {
                return;
            }
        } else if (outbound && !root && line.endpoint().isTrunk()) {
            customer(journey, line, out);
        } else {
            return;
        }
        holds(journey, line, out);
        legEnd(journey, line, last, out);
    }

    private static void dialler(Journey journey, Line line, Party party, List<CallEvent> out) {
        if (line.originated()) {
            rings(journey, line, party, line.at(Fact.RINGING), out);
            answers(journey, line, party, line.at(Fact.UP), out);
        } else {
            answers(journey, line, party, line.at(Fact.CREATED), out);
        }
    }

    private static void agent(Journey journey, Line line, Party party, List<CallEvent> out) {
        // A phone that was rung for a consultation did not ring for the customer.
        boolean rungHere = line.home().equals(journey.id().value()) && line.is(Fact.DIALLED);
        if (rungHere) {
            rings(journey, line, party, line.at(Fact.RINGING), out);
        }
        Instant talking = Bridges.talkingSince(journey, line);
        if (talking != null) {
            if (rungHere) {
                rings(journey, line, party, talking, out);
            }
            answers(journey, line, party, talking, out);
        }
    }

    private static void customer(Journey journey, Line line, List<CallEvent> out) {
        rings(journey, line, Party.CUSTOMER, line.at(Fact.RINGING), out);
        answers(journey, line, Party.CUSTOMER, line.at(Fact.UP), out);
    }

    private static void rings(Journey journey, Line line, Party party, @Nullable Instant at, List<CallEvent> out) {
        if (at != null && line.toldRinging().isEmpty()) {
            Instant ordered = inOrder(journey, line, at);
            line.toldRinging(ordered);
            journey.say(new CallEvent.LegRinging(journey.id(), ordered, line.id(), party), out);
        }
    }

    /** Phones that are rung together answer "ringing" in any order; they are told in the order of dialling. */
    private static Instant inOrder(Journey journey, Line line, Instant at) {
        Instant ordered = at;
        for (Line other : journey.lines()) {
            Instant told = other.toldRinging().orElse(null);
            if (told != null && Duration.between(told, at).abs().compareTo(TOGETHER) < 0) {
                if (line.isOlderThan(other) && !ordered.isBefore(told)) {
                    ordered = told.minusNanos(1_000);
                } else if (other.isOlderThan(line) && !ordered.isAfter(told)) {
                    ordered = told.plusNanos(1_000);
                }
            }
        }
        return ordered;
    }

    private static void answers(Journey journey, Line line, Party party, @Nullable Instant at, List<CallEvent> out) {
        if (at != null) {
            journey.say(new CallEvent.LegAnswered(journey.id(), at, line.id(), party), out);
        }
    }

    private static void holds(Journey journey, Line line, List<CallEvent> out) {
        if (!journey.hasSaid("answered/" + line.id())) {
            return;
        }
        boolean held = false;
        for (Map.Entry<Instant, Boolean> change : line.holds().entrySet()) {
            // An Unhold without a Hold comes before some transfers.
            if (change.getValue() && !held) {
                journey.say(new CallEvent.LegHeld(journey.id(), change.getKey(), line.id()), out);
            } else if (!change.getValue() && held) {
                journey.say(new CallEvent.LegResumed(journey.id(), change.getKey(), line.id()), out);
            }
            held = change.getValue();
        }
    }

    private static void legEnd(Journey journey, Line line, boolean last, List<CallEvent> out) {
        Instant at = line.at(Fact.HUNG_UP);
        boolean answered = journey.hasSaid("answered/" + line.id());
        boolean rang = journey.hasSaid("ringing/" + line.id());
        boolean told = answered || rang || journey.direction() == Direction.OUTBOUND;
        // How an unanswered leg ended is only known when the dialling was told to be over.
        if (at != null && told && (answered || last || !line.dialStatus().isEmpty())) {
            LegEnd why = answered ? LegEnd.HUNG_UP : Causes.why(line.cause(), line.dialStatus(), rang);
            journey.say(new CallEvent.LegEnded(journey.id(), at, line.id(), why, Causes.code(line)), out);
        }
    }

    private static void consult(Journey journey, List<CallEvent> out) {
        Journey customers = journey.consultationOf();
        Extension by = journey.root().map(root -> root.endpoint().agent()).orElse(null);
        if (customers == null || by == null) {
            return;
        }
        for (Line line : journey.lines()) {
            Extension whom = line.endpoint().agent();
            boolean other =
                    line.endpoint().isAgent() && !line.id().equals(journey.id().value());
            Instant talking = other ? Bridges.talkingSince(journey, line) : null;
            if (talking != null && whom != null) {
                customers.say(new CallEvent.Consulted(customers.id(), talking, by, whom), out);
            }
        }
    }

    /** Finds hand-overs of which Asterisk says nothing: a redirect takes the customer out of the bridge. */
    private static void redirects(Journey journey) {
        for (Line next : journey.lines()) {
            Instant dialled = next.at(Fact.DIALLED);
            if (dialled == null
                    || !next.endpoint().isAgent()
                    || !(journey.hasSaid("answered/" + next.id()) || journey.hasSaid("leg-ended/" + next.id()))) {
                continue;
            }
            Stream<Line> before = journey.lines().stream()
                    .filter(line -> line != next && journey.hasSaid("answered/" + line.id()))
                    .filter(line -> line.endpoint().isAgent() && !line.is(Fact.HANGUP_ASKED))
                    .filter(line -> isNear(line.at(Fact.HUNG_UP), dialled));
            before.findFirst().ifPresent(line -> redirect(journey, line, next, dialled));
        }
    }

    private static void redirect(Journey journey, Line from, Line to, Instant at) {
        Extension agent = from.endpoint().agent();
        Extension target = to.endpoint().agent();
        boolean told =
                journey.handovers().stream().anyMatch(known -> known.from().equals(agent) && isNear(known.at(), at));
        if (agent != null && target != null && !told) {
            journey.handover(new Handover(at, Transfer.Kind.BLIND, agent, target.number()));
        }
    }

    private static boolean isNear(@Nullable Instant a, Instant b) {
        return a != null && Duration.between(a, b).abs().compareTo(SAME_MOMENT) < 0;
    }

    /** Says that a call is over, for a reason or for the one that its legs tell. */
    void close(Journey journey, @Nullable EndReason reason, List<CallEvent> out) {
        if (!journey.arrived()) {
            return;
        }
        Optional<Instant> end = journey.lines().stream()
                .flatMap(line -> Stream.ofNullable(line.at(Fact.HUNG_UP)))
                .max(Comparator.naturalOrder());
        end.ifPresent(at -> close(journey, at, reason, out));
    }

    void close(Journey journey, Instant at, @Nullable EndReason reason, List<CallEvent> out) {
        if (!journey.arrived()) {
            return;
        }
        CallId id = journey.id();
        voicemail(journey, out);
        Instant unnamed = journey.unnamedRecording();
        if (unnamed != null && journey.answered() && journey.recordings().isEmpty()) {
            Recording recording = new Recording(UNNAMED + id.value(), null);
            journey.say(new CallEvent.RecordingAvailable(id, unnamed, recording), out);
        }
        String code = Bridges.customers(journey).stream()
                .map(Causes::code)
                .filter(cause -> cause != null)
                .findFirst()
                .orElse(null);
        EndedBy by = reason == EndReason.UNKNOWN ? null : Causes.endedBy(journey);
        journey.say(new CallEvent.Ended(id, at, reason, by, code), out);
    }

    private static void voicemail(Journey journey, List<CallEvent> out) {
        Instant up = journey.root().map(root -> root.at(Fact.UP)).orElse(null);
        if (!journey.voicemail() || journey.answered() || up == null) {
            return;
        }
        // An IVR may have picked up before: the mailbox came after the last phone stopped ringing.
        Instant at = journey.lines().stream()
                .filter(line -> !line.id().equals(journey.id().value()))
                .flatMap(line -> Stream.ofNullable(line.at(Fact.DIAL_ENDED)))
                .reduce(up, (a, b) -> a.isAfter(b) ? a : b);
        journey.say(new CallEvent.LegAnswered(journey.id(), at, "voicemail", Party.VOICEMAIL), out);
    }

    /** {@return the customer's channel, else one that is alive} */
    Optional<Line> customerOrAny(Journey journey) {
        return Stream.concat(Bridges.customers(journey).stream(), journey.lines().stream())
                .filter(Line::alive)
                .findFirst();
    }

    /** {@return the agent's channel that is connected with the customer} */
    Optional<Line> talkingAgent(Journey journey) {
        return journey.lines().stream()
                .filter(line -> line.endpoint().isAgent() && line.alive())
                .filter(line -> Bridges.talkingSince(journey, line) != null)
                .findFirst();
    }
}
