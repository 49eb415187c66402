// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a call out of everything that was said about it. The PBX's own record wins over live events; of several records
 * the last one.
 */
final class CallReading {
    private final List<CallEvent> events;
    private final Legs legs;
    private final CallEvent.@Nullable Arrived arrived;
    private final CallEvent.@Nullable Ended ended;
    private final CallEvent.@Nullable Settled settled;
    private final @Nullable PbxRecord record;
    private final @Nullable Instant recordAt;
    private final Direction direction;

    private CallReading(List<CallEvent> unsorted) {
        events = unsorted.stream().sorted(EventOrder.BY_TIME).toList();
        legs = Legs.of(events);
        arrived = first(CallEvent.Arrived.class).orElse(null);
        ended = first(CallEvent.Ended.class).orElse(null);
        settled = first(CallEvent.Settled.class).orElse(null);
        CallEvent.Recorded last = lastRecord();
        record = last == null ? null : last.record();
        recordAt = last == null ? null : last.at();
        direction = arrived == null ? Direction.INBOUND : arrived.direction();
    }

    static Call of(List<CallEvent> events, List<Correction> corrections) {
        return new CallReading(events).read(corrections);
    }

    private Call read(List<Correction> corrections) {
        Extension dialler = arrived == null ? null : arrived.agent();
        Ending ending = Ending.of(this);
        Instant answeredAt = ending.answered() ? answeredAt(ending.at()) : null;
        List<Extension> answeredBy = ending.answered() ? answeredBy(dialler) : List.of();
        List<Extension> asked = all(CallEvent.Consulted.class).stream()
                .map(CallEvent.Consulted::whom)
                .toList();
        List<Extension> rang = union(legs.rang(outerAgent(dialler), asked), record == null ? List.of() : record.rang());
        Timing timing = new Timing(this, answeredAt, ending.at());
        return new Call(
                events.get(0).call(),
                direction,
                state(answeredAt),
                arrived == null ? Caller.UNKNOWN : arrived.customer(),
                arrived == null ? null : arrived.line(),
                last(CallEvent.Queued.class).map(CallEvent.Queued::queue).orElse(null),
                union(rang, direction == Direction.OUTBOUND ? List.of() : without(answeredBy, asked)),
                answeredBy,
                consulted(answeredBy),
                credited(dialler, answeredBy),
                isOver() ? ending.reason() : null,
                isOver() ? ending.by() : null,
                isOver() ? ending.code() : null,
                isOver() ? ending.failed() : null,
                startedAt(),
                answeredAt,
                isOver() ? ending.at() : null,
                timing.read(isOver()),
                transfers(),
                legs.all(),
                all(CallEvent.RecordingAvailable.class).stream()
                        .map(CallEvent.RecordingAvailable::recording)
                        .toList(),
                arrived == null ? null : arrived.dialId(),
                first(CallEvent.Absorbed.class).map(CallEvent.Absorbed::into).orElse(null),
                corrections,
                reasons(ending, answeredBy),
                events);
    }

    // --- what others of this package ask

    Legs legs() {
        return legs;
    }

    Direction direction() {
        return direction;
    }

    CallEvent.@Nullable Ended ended() {
        return ended;
    }

    CallEvent.@Nullable Settled settled() {
        return settled;
    }

    @Nullable
    PbxRecord record() {
        return record;
    }

    @Nullable
    Instant recordAt() {
        return recordAt;
    }

    Instant lastHeard() {
        return events.stream()
                .filter(event -> !(event instanceof CallEvent.Settled))
                .map(CallEvent::at)
                .max(Comparator.naturalOrder())
                .orElseGet(() -> events.get(0).at());
    }

    <E extends CallEvent> List<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    Instant startedAt() {
        if (record != null && record.startedAt() != null) {
            return record.startedAt();
        }
        return arrived != null ? arrived.at() : events.get(0).at();
    }

    /** {@return when the parties that count as an answer were first connected, as the live events say} */
    Optional<Instant> liveAnswer() {
        if (direction == Direction.OUTBOUND) {
            Optional<Instant> customer = legs.firstAnswer(Party.Kind.CUSTOMER, null);
            Optional<Instant> agent = legs.firstAnswer(Party.Kind.AGENT, null);
            return customer.map(at -> agent.filter(at::isBefore).orElse(at));
        }
        return legs.firstAnswer(Party.Kind.AGENT, outerAgent(arrived == null ? null : arrived.agent()));
    }

    /** The agent at the outer end of an internal call is the caller, not one who answers. */
    private @Nullable Extension outerAgent(@Nullable Extension dialler) {
        return direction == Direction.INTERNAL ? dialler : null;
    }

    // --- the parts of a call

    private boolean isOver() {
        return ended != null || settled != null || (record != null && record.complete());
    }

    private @Nullable Instant answeredAt(Instant end) {
        Optional<Instant> live = liveAnswer();
        if (live.isPresent() || record == null || record.connected() == null) {
            return live.orElse(isOver() ? end : null);
        }
        return end.minus(record.connected());
    }

    private List<Extension> answeredBy(@Nullable Extension dialler) {
        List<Extension> live = legs.answered(outerAgent(dialler));
        List<Extension> stated = record == null ? List.of() : record.answeredBy();
        List<Extension> both = union(live, stated);
        return both.isEmpty() && direction == Direction.OUTBOUND && dialler != null ? List.of(dialler) : both;
    }

    private List<Extension> consulted(List<Extension> answeredBy) {
        Set<Extension> asked = new LinkedHashSet<>();
        all(CallEvent.Consulted.class).forEach(event -> asked.add(event.whom()));
        answeredBy.forEach(asked::remove);
        return List.copyOf(asked);
    }

    private @Nullable Extension credited(@Nullable Extension dialler, List<Extension> answeredBy) {
        if (direction != Direction.INBOUND) {
            return dialler;
        }
        if (answeredBy.isEmpty()) {
            return null;
        }
        return legs.lastToAnswer().filter(answeredBy::contains).orElse(answeredBy.get(answeredBy.size() - 1));
    }

    private List<Transfer> transfers() {
        List<Transfer> found = new ArrayList<>();
        for (CallEvent.Transferred event : all(CallEvent.Transferred.class)) {
            boolean answered = legs.of(Party.Kind.AGENT).stream()
                    .filter(leg -> Legs.isAt(leg, event.to()))
                    .map(Leg::answeredAt)
                    .anyMatch(at -> at != null
                            && (event.kind() == Transfer.Kind.ATTENDED
                                    || !at.isBefore(event.at().minusSeconds(1))));
            found.add(new Transfer(event.kind(), event.from(), event.to(), answered));
        }
        return found;
    }

    private CallState state(@Nullable Instant answeredAt) {
        if (settled != null) {
            return CallState.SETTLED;
        }
        if (isOver()) {
            return CallState.ENDED;
        }
        boolean talking = answeredAt != null
                && legs.all().stream().anyMatch(leg -> leg.answeredAt() != null && leg.endedAt() == null);
        if (talking) {
            return Timing.isHeld(this) ? CallState.HELD : CallState.CONNECTED;
        }
        if (legs.all().stream().anyMatch(leg -> leg.ringingAt() != null && leg.endedAt() == null)) {
            return CallState.RINGING;
        }
        return all(CallEvent.Queued.class).isEmpty() ? CallState.NEW : CallState.QUEUED;
    }

    private List<Why> reasons(Ending ending, List<Extension> answeredBy) {
        List<Why> why = new ArrayList<>();
        if (isOver()) {
            why.add(new Why("end=" + ending.reason(), ending.because()));
        }
        if (answeredBy.size() > 1) {
            why.add(new Why("agent=" + answeredBy.get(answeredBy.size() - 1), "the last of several agents who talked"));
        }
        if (record != null) {
            why.add(new Why("record=" + record.source(), "the PBX's own record wins over live events"));
        }
        return why;
    }

    // --- finding

    private CallEvent.@Nullable Recorded lastRecord() {
        return all(CallEvent.Recorded.class).stream()
                .max(Comparator.<CallEvent.Recorded, Boolean>comparing(
                                r -> r.record().complete())
                        .thenComparing(EventOrder.BY_TIME))
                .orElse(null);
    }

    private <E extends CallEvent> Optional<E> first(Class<E> kind) {
        return all(kind).stream().findFirst();
    }

    private <E extends CallEvent> Optional<E> last(Class<E> kind) {
        List<E> found = all(kind);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }

    private static List<Extension> without(List<Extension> all, List<Extension> some) {
        return all.stream().filter(extension -> !some.contains(extension)).toList();
    }

    private static List<Extension> union(List<Extension> first, List<Extension> second) {
        Set<Extension> both = new LinkedHashSet<>(first);
        both.addAll(second);
        return List.copyOf(both);
    }
}
