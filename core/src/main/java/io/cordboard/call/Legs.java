// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parties' connections of one call, gathered from its events. */
final class Legs {
    private final List<Leg> legs;

    private Legs(List<Leg> legs) {
        this.legs = legs;
    }

    static Legs of(List<CallEvent> events) {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        for (CallEvent event : events) {
            if (event instanceof CallEvent.LegRinging ringing) {
                Draft draft = draft(drafts, ringing.leg());
                draft.party = ringing.party();
                draft.ringingAt = ringing.at();
            } else if (event instanceof CallEvent.LegAnswered answered) {
                Draft draft = draft(drafts, answered.leg());
                draft.party = answered.party();
                draft.answeredAt = answered.at();
            } else if (event instanceof CallEvent.LegEnded ended) {
                Draft draft = draft(drafts, ended.leg());
                draft.endedAt = ended.at();
                draft.end = ended.why();
                draft.code = ended.code();
            }
        }
        return new Legs(drafts.values().stream().map(Draft::finish).toList());
    }

    private static Draft draft(Map<String, Draft> drafts, String leg) {
        return drafts.computeIfAbsent(leg, Draft::new);
    }

    List<Leg> all() {
        return legs;
    }

    List<Leg> of(Party.Kind kind) {
        return legs.stream().filter(leg -> is(leg, kind)).toList();
    }

    static boolean is(Leg leg, Party.Kind kind) {
        Party party = leg.party();
        return party != null && party.kind() == kind;
    }

    static boolean isAt(Leg leg, String extension) {
        Party party = leg.party();
        Extension at = party == null ? null : party.extension();
        return at != null && at.number().equals(extension);
    }

    /** {@return when the first party of a kind answered} */
    Optional<Instant> firstAnswer(Party.Kind kind, @Nullable Extension butNot) {
        return of(kind).stream()
                .filter(leg -> butNot == null || !isAt(leg, butNot.number()))
                .map(Leg::answeredAt)
                .filter(java.util.Objects::nonNull)
                .min(Comparator.naturalOrder());
    }

    /**
     * {@return the agents whose phones rang for the customer, in order; a phone that answered without ringing rang when
     * it answered, unless it had rung for a consultation}
     */
    List<Extension> rang(@Nullable Extension butNot, List<Extension> asked) {
        return agents(
                leg -> {
                    Instant ringing = leg.ringingAt();
                    Party party = leg.party();
                    boolean consulted = party != null && asked.contains(party.extension());
                    return ringing != null || consulted ? ringing : leg.answeredAt();
                },
                butNot);
    }

    /** {@return the agents who answered, in order} */
    List<Extension> answered(@Nullable Extension butNot) {
        return agents(Leg::answeredAt, butNot);
    }

    private List<Extension> agents(Function<Leg, @Nullable Instant> when, @Nullable Extension butNot) {
        List<Map.Entry<Instant, Extension>> found = new ArrayList<>();
        for (Leg leg : of(Party.Kind.AGENT)) {
            Instant at = when.apply(leg);
            Party party = leg.party();
            Extension extension = party == null ? null : party.extension();
            if (at != null && extension != null && !extension.equals(butNot)) {
                found.add(Map.entry(at, extension));
            }
        }
        found.sort(Map.Entry.comparingByKey());
        Set<Extension> once = new LinkedHashSet<>();
        found.forEach(entry -> once.add(entry.getValue()));
        return List.copyOf(once);
    }

    /** {@return the agent who answered last, even if the same agent had answered before} */
    Optional<Extension> lastToAnswer() {
        return of(Party.Kind.AGENT).stream()
                .filter(leg -> leg.answeredAt() != null)
                .max(Comparator.comparing(Legs::answeredOrNever))
                .map(Leg::party)
                .map(Party::extension);
    }

    private static Instant answeredOrNever(Leg leg) {
        Instant at = leg.answeredAt();
        return at == null ? Instant.MIN : at;
    }

    /**
     * {@return the time during which somebody of a kind was connected; legs without an end last until the given moment}
     */
    Spans connected(Party.Kind kind, Instant until) {
        Spans spans = new Spans();
        for (Leg leg : of(kind)) {
            Instant from = leg.answeredAt();
            Instant to = leg.endedAt();
            if (from != null) {
                spans.add(from, to == null ? until : to);
            }
        }
        return spans;
    }

    private static final class Draft {
        private final String id;
        private @Nullable Party party;
        private @Nullable Instant ringingAt;
        private @Nullable Instant answeredAt;
        private @Nullable Instant endedAt;
        private @Nullable LegEnd end;
        private @Nullable String code;

        Draft(String id) {
            this.id = id;
        }

        Leg finish() {
            return new Leg(id, party, ringingAt, answeredAt, endedAt, end, code);
        }
    }
}
