// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.asterisk.Line.Fact;
import io.cordboard.call.CallEvent;
import io.cordboard.call.Caller;
import io.cordboard.call.Direction;
import io.cordboard.call.Extension;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides what kind of call begins: from outside, to outside, between agents, or a question during another call. */
final class Arrivals {
    private static final Pattern OUTSIDE_NUMBER = Pattern.compile("\\+?[0-9]{7,}");

    private final Endpoints endpoints;
    private final Supplier<Collection<Journey>> journeys;

    Arrivals(Endpoints endpoints, Supplier<Collection<Journey>> journeys) {
        this.endpoints = endpoints;
        this.journeys = journeys;
    }

    /**
     * {@return whether it is known now what kind of call it is}
     *
     * @param journey the call
     * @param last whether nothing more will be heard of it
     * @param out where its arrival is said
     */
    boolean arrive(Journey journey, boolean last, List<CallEvent> out) {
        Optional<Line> first = journey.root();
        if (first.isEmpty()) {
            return journey.isKnown() && resume(journey);
        }
        Line root = first.get();
        if (root.endpoint().isTrunk()) {
            return inbound(journey, root, last, out);
        }
        Extension agent = root.endpoint().agent();
        if (agent == null) {
            return false;
        }
        boolean ordered = root.originated() || !journey.orderedNumber().isEmpty();
        return ordered ? clickToCall(journey, root, last, out) : dialled(journey, root, agent, last, out);
    }

    private static boolean resume(Journey journey) {
        boolean outside =
                journey.lines().stream().anyMatch(line -> line.endpoint().isTrunk());
        journey.goes(outside ? Direction.OUTBOUND : Direction.INTERNAL);
        return true;
    }

    private boolean inbound(Journey journey, Line root, boolean last, List<CallEvent> out) {
        boolean local = root.endpoint().kind() == Endpoint.Kind.LOCAL_TRUNK;
        boolean dialled = !root.exten().isEmpty() && !root.exten().equals("s");
        String line = dialled ? root.exten() : journey.did();
        boolean waits = (local && root.number().isEmpty())
                || (line.isEmpty() && journey.lines().size() == 1 && !root.is(Fact.UP));
        if (waits && !last) {
            return false;
        }
        journey.goes(Direction.INBOUND);
        arrived(journey, root, root.number(), line.isEmpty() ? null : line, out);
        return true;
    }

    private boolean clickToCall(Journey journey, Line root, boolean last, List<CallEvent> out) {
        Optional<Line> next = firstDialled(journey);
        Line target = next.orElse(null);
        if (target != null && target.endpoint().isAgent() && isShort(root.number())) {
            return internal(journey, root, target, out);
        }
        String customer = journey.orderedNumber();
        if (customer.isEmpty() && !isShort(root.number())) {
            customer = root.number();
        }
        if (customer.isEmpty()) {
            customer = next.map(Line::number).orElse("");
        }
        if (customer.isEmpty() && !last) {
            return false;
        }
        if (GivenIds.isGiven(journey.id().value())) {
            journey.dialId(journey.id().value());
        }
        journey.goes(Direction.OUTBOUND);
        arrived(journey, root, customer, null, out);
        return true;
    }

    private boolean dialled(Journey journey, Line root, Extension agent, boolean last, List<CallEvent> out) {
        Optional<Line> next = firstDialled(journey);
        boolean number = !root.exten().isEmpty() && !root.exten().equals("s");
        if (next.isEmpty()) {
            if (!last || !OUTSIDE_NUMBER.matcher(root.exten()).matches()) {
                return false;
            }
            journey.goes(Direction.OUTBOUND);
            arrived(journey, root, root.exten(), null, out);
            return true;
        }
        Line target = next.get();
        if (target.endpoint().isAgent()) {
            return internal(journey, root, target, out);
        }
        String own = target.diallerNumber();
        boolean line = !own.isEmpty() && !own.equals(agent.number());
        journey.goes(Direction.OUTBOUND);
        arrived(journey, root, number ? root.exten() : target.number(), line ? own : null, out);
        return true;
    }

    private boolean internal(Journey journey, Line root, Line target, List<CallEvent> out) {
        Extension called = target.endpoint().agent();
        journey.goes(Direction.INTERNAL);
        Optional<Journey> running = talks(journey, root);
        if (running.isPresent()) {
            journey.consults(running.get());
            return true;
        }
        arrived(journey, root, called == null ? root.exten() : called.number(), null, out);
        return true;
    }

    /** {@return the call in which the caller's agent is connected with somebody right now} */
    private Optional<Journey> talks(Journey journey, Line root) {
        Extension agent = root.endpoint().agent();
        return journeys.get().stream()
                .filter(other -> other != journey && other.arrived())
                .filter(other -> other.lines().stream()
                        .anyMatch(line -> line.endpoint().isAgent()
                                && line.bridgedSince().isPresent()
                                && line.endpoint().agent() != null
                                && line.endpoint().agent().equals(agent)))
                .findFirst();
    }

    private static Optional<Line> firstDialled(Journey journey) {
        return journey.lines().stream()
                .filter(line -> !line.id().equals(journey.id().value()))
                .filter(line -> line.endpoint().kind() != Endpoint.Kind.LOCAL)
                .filter(line -> line.is(Fact.DIALLED) || line.is(Fact.FROM_SNAPSHOT))
                .min(Comparator.comparing(Arrivals::since));
    }

    private static Instant since(Line line) {
        Instant dialled = line.at(Fact.DIALLED);
        Instant created = line.at(Fact.CREATED);
        return dialled != null ? dialled : created != null ? created : Instant.MAX;
    }

    private boolean isShort(String number) {
        return number.isEmpty() || endpoints.agent(number) != null;
    }

    private static void arrived(
            Journey journey, Line root, String customer, @Nullable String line, List<CallEvent> out) {
        Instant at = root.at(Fact.CREATED);
        if (at == null || journey.isKnown()) {
            return;
        }
        Direction direction = journey.direction();
        Extension agent =
                direction == Direction.INBOUND ? null : root.endpoint().agent();
        String dialId = direction == Direction.OUTBOUND && !journey.dialId().isEmpty() ? journey.dialId() : null;
        journey.say(
                new CallEvent.Arrived(
                        journey.id(),
                        at,
                        direction == null ? Direction.INBOUND : direction,
                        Caller.raw(customer),
                        line,
                        agent,
                        dialId),
                out);
    }
}
