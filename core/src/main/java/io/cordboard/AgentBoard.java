// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.agent.Agent;
import io.cordboard.agent.AgentRoster;
import io.cordboard.agent.AgentState;
import io.cordboard.agent.AgentTurn;
import io.cordboard.call.Call;
import io.cordboard.call.CallId;
import io.cordboard.call.Direction;
import io.cordboard.call.Extension;
import io.cordboard.call.Leg;
import io.cordboard.call.Party;
import io.cordboard.crm.WorkTime;
import io.cordboard.pbx.AgentStates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What every agent is doing, as {@link AgentSigns} reads it; each change is shown and kept. Safe for use by many
 * threads.
 */
final class AgentBoard {
    private final AgentRoster roster;
    private final Clock clock;
    private final Duration wrapUp;
    private final Listeners listeners;
    private final Consumer<AgentTurn> diary;
    private final Object lock = new Object();
    private final Map<String, AgentSigns> signs = new HashMap<>();
    private final Map<String, AgentView> shown = new HashMap<>();

    /**
     * Creates a board on which nothing is known.
     *
     * @param roster everybody
     * @param clock the time
     * @param wrapUp how long an agent works after a call before the next one; not negative
     * @param listeners are told of changes
     * @param diary keeps changes; returns at once
     */
    AgentBoard(AgentRoster roster, Clock clock, Duration wrapUp, Listeners listeners, Consumer<AgentTurn> diary) {
        this.roster = roster;
        this.clock = clock;
        this.wrapUp = wrapUp;
        this.listeners = listeners;
        this.diary = diary;
    }

    List<AgentView> all() {
        synchronized (lock) {
            return roster.all().stream().map(this::shown).toList();
        }
    }

    /**
     * Takes what a PBX says.
     *
     * @param change what changed
     * @param canPause whether the PBX's queues can be paused, so that its breaks are the agent's
     */
    void told(AgentStates.Change change, boolean canPause) {
        roster.byExtension(change.pbx(), change.extension())
                .ifPresent(agent -> change(agent, one -> one.phone(change, canPause)));
    }

    /** Takes how an agent's working day stands in a CRM. */
    void day(Agent agent, String crm, WorkTime.Day day) {
        change(agent, one -> one.day(crm, day));
    }

    /** Takes what an agent chose to do. */
    void choose(Agent agent, AgentState state, @Nullable String why) {
        change(agent, one -> one.choose(state, why));
    }

    /** Takes a call's new state; a call that is over keeps nobody busy, but leaves something to write down. */
    void seen(Call call) {
        Map<Extension, AgentState> states = states(call);
        for (Agent agent : roster.all()) {
            Optional<Extension> extension = agent.extension(call.id().pbx());
            if (extension.isPresent()) {
                AgentState state = states.get(extension.get());
                change(agent, one -> note(one, call.id(), state));
            }
        }
    }

    private boolean note(AgentSigns one, CallId call, @Nullable AgentState state) {
        boolean talked = one.talks();
        boolean isNew = one.call(call, state);
        if (isNew && talked && !one.talks() && !wrapUp.isZero()) {
            one.wrapUpUntil(clock.instant().plus(wrapUp));
        }
        return isNew;
    }

    /** Ends the work after calls whose time is over. */
    void tick() {
        Instant now = clock.instant();
        for (Agent agent : roster.all()) {
            change(agent, one -> one.isWrappedUp(now));
        }
    }

    /** Takes a sign, which says whether there is anything new in it. */
    private void change(Agent agent, Predicate<AgentSigns> sign) {
        AgentView view;
        synchronized (lock) {
            AgentSigns one = signs.computeIfAbsent(agent.name(), name -> new AgentSigns());
            if (!sign.test(one)) {
                return;
            }
            AgentView before = shown(agent);
            Instant now = clock.instant();
            AgentSigns.Reading reading = one.read(now, before.state());
            if (reading.isLike(before)) {
                return;
            }
            Instant since = reading.state() == before.state() ? before.since() : now;
            view = new AgentView(agent, reading.state(), since, reading.detail(), reading.call());
            shown.put(agent.name(), view);
            if (reading.state() != before.state() || !Objects.equals(reading.detail(), before.detail())) {
                diary.accept(new AgentTurn(agent.name(), now, reading.state(), reading.detail()));
            }
        }
        listeners.agentChanged(view);
    }

    private static Map<Extension, AgentState> states(Call call) {
        Map<Extension, AgentState> states = new LinkedHashMap<>();
        if (!call.state().isLive() || call.absorbedInto() != null) {
            return states;
        }
        for (Leg leg : call.legs()) {
            Party party = leg.party();
            Extension extension = party == null ? null : party.extension();
            if (extension != null && leg.endedAt() == null && !isTakenElsewhere(call, leg)) {
                states.merge(
                        extension,
                        leg.answeredAt() == null ? AgentState.RINGING : AgentState.ON_CALL,
                        (a, b) -> a == AgentState.ON_CALL ? a : b);
            }
        }
        dialler(call).ifPresent(extension -> states.put(extension, AgentState.ON_CALL));
        return states;
    }

    /** Not every PBX says that a phone stopped to ring when somebody else answered. */
    private static boolean isTakenElsewhere(Call call, Leg leg) {
        Instant ringing = leg.ringingAt();
        return ringing != null
                && leg.answeredAt() == null
                && call.direction() == Direction.INBOUND
                && call.legs().stream()
                        .filter(other -> isAgents(other.party()))
                        .map(Leg::answeredAt)
                        .anyMatch(at -> at != null && !at.isBefore(ringing));
    }

    private static boolean isAgents(@Nullable Party party) {
        return party != null && party.kind() == Party.Kind.AGENT;
    }

    /** Who dialled is busy until the end where the PBX tells of the customer's phone only. */
    private static Optional<Extension> dialler(Call call) {
        Extension dialler = call.agent();
        if (dialler == null || call.direction() == Direction.INBOUND) {
            return Optional.empty();
        }
        Party phone = Party.agent(dialler);
        boolean told = call.legs().stream().anyMatch(leg -> phone.equals(leg.party()));
        boolean left =
                call.transfers().stream().anyMatch(transfer -> transfer.from().equals(dialler));
        return told || left ? Optional.empty() : Optional.of(dialler);
    }

    private AgentView shown(Agent agent) {
        return shown.getOrDefault(agent.name(), new AgentView(agent, AgentState.UNKNOWN, null, null, null));
    }
}
