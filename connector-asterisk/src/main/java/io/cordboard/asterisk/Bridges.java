// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.asterisk.Line.Fact;
import io.cordboard.call.Direction;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is connected with whom: through bridges, and through Local channels between bridges. */
final class Bridges {
    private Bridges() {}

    /** {@return the customer's channels; of an internal call the caller's} */
    static List<Line> customers(Journey journey) {
        boolean outbound = journey.direction() == Direction.OUTBOUND;
        boolean internal = journey.direction() == Direction.INTERNAL;
        boolean rooted = journey.root().isPresent();
        return journey.lines().stream()
                .filter(line -> {
                    boolean root = line.id().equals(journey.id().value());
                    boolean first =
                            (rooted && !outbound) ? root : (line.endpoint().isTrunk() && !(outbound && root));
                    return internal ? root : first;
                })
                .toList();
    }

    /** {@return since when an agent's channel is connected with the customer; null while it is not} */
    static @Nullable Instant talkingSince(Journey journey, Line agent) {
        Instant own = agent.bridgedSince().orElse(null);
        if (own == null) {
            return null;
        }
        Set<Line> reached = reachedFrom(agent, journey.lines());
        List<Line> others = customers(journey).stream().filter(Line::alive).toList();
        if (others.isEmpty() && journey.direction() == Direction.INTERNAL) {
            // The caller of an internal call has handed it over.
            others = journey.lines().stream()
                    .filter(line -> line != agent && line.alive() && journey.hasSaid("answered/" + line.id()))
                    .toList();
        }
        return others.stream()
                .filter(other -> other != agent && reached.contains(other))
                .map(other -> later(own, other))
                .findFirst()
                .orElse(null);
    }

    private static Instant later(Instant own, Line other) {
        Instant its = other.bridgedSince().orElse(other.at(Fact.UP));
        return its == null || its.isBefore(own) ? own : its;
    }

    private static Set<Line> reachedFrom(Line start, Collection<Line> lines) {
        Set<Line> reached = new HashSet<>();
        Deque<Line> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            Line line = next.remove();
            if (reached.add(line)) {
                lines.stream()
                        .filter(other -> other.alive() && isConnected(line, other))
                        .forEach(next::add);
            }
        }
        return reached;
    }

    private static boolean isConnected(Line line, Line other) {
        if (line.isOtherHalfOf(other)) {
            return true;
        }
        for (String bridge : line.bridges()) {
            if (other.isIn(bridge)) {
                return true;
            }
        }
        return false;
    }
}
