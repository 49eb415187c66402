// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.agent.Agent;
import io.cordboard.agent.AgentRoster;
import io.cordboard.agent.AgentState;
import io.cordboard.call.Call;
import io.cordboard.call.CallId;
import io.cordboard.call.Direction;
import io.cordboard.call.Extension;
import io.cordboard.call.Leg;
import io.cordboard.call.Party;
import io.cordboard.pbx.AgentStates;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every agent is doing: what the calls say wins over what the PBX's queues say. Safe for use by many threads. */
final class AgentBoard {
    private final AgentRoster roster;
    private final Clock clock;
    private final Listeners listeners;
    private final Object lock = new Object();
    private final Map<String, AgentStates.Change> told = new HashMap<>();
    private final Map<String, Map<CallId, AgentState>> busy = new HashMap<>();
    private final Map<String, AgentView> shown = new HashMap<>();

    AgentBoard(AgentRoster roster, Clock clock, Listeners listeners) {
        this.roster = roster;
        this.clock = clock;
        this.listeners = listeners;
    }

    List<AgentView> all() {
        synchronized (lock) {
            return roster.all().stream().map(this::shown).toList();
        }
    }

    void told(AgentStates.Change change) {
        roster.byExtension(change.pbx(), change.extension()).ifPresent(agent -> {
            synchronized (lock) {
                told.put(agent.name(), change);
            }
            refresh(agent);
        });
    }

    /** Takes a call's new state; a call that is over keeps nobody busy. */
    void seen(Call call) {
        Map<Extension, AgentState> states = states(call);
        for (Agent agent : roster.all()) {
            Optional<Extension> extension = agent.extension(call.id().pbx());
            if (extension.isPresent() && note(agent, call.id(), states.get(extension.get()))) {
                refresh(agent);
            }
        }
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

    private boolean note(Agent agent, CallId call, @Nullable AgentState state) {
        synchronized (lock) {
            Map<CallId, AgentState> calls = busy.computeIfAbsent(agent.name(), name -> new LinkedHashMap<>());
            AgentState before = state == null ? calls.remove(call) : calls.put(call, state);
            return before != state;
        }
    }

    private void refresh(Agent agent) {
        AgentView view;
        synchronized (lock) {
            AgentView before = shown(agent);
            view = now(agent, before);
            if (view.equals(before)) {
                return;
            }
            shown.put(agent.name(), view);
        }
        listeners.agentChanged(view);
    }

    private AgentView shown(Agent agent) {
        return shown.getOrDefault(agent.name(), new AgentView(agent, AgentState.UNKNOWN, null, null, null));
    }

    private AgentView now(Agent agent, AgentView before) {
        Map<CallId, AgentState> calls = busy.getOrDefault(agent.name(), Map.of());
        AgentStates.Change change = told.get(agent.name());
        Optional<Map.Entry<CallId, AgentState>> call = calls.entrySet().stream()
                .max(Map.Entry.comparingByValue(
                        (a, b) -> Boolean.compare(a == AgentState.ON_CALL, b == AgentState.ON_CALL)));
        AgentState state;
        if (call.isPresent()) {
            state = call.get().getValue();
        } else if (change != null) {
            state = change.state();
        } else {
            state = before.state() == AgentState.UNKNOWN ? AgentState.UNKNOWN : AgentState.AVAILABLE;
        }
        Instant since = state == before.state() ? before.since() : clock.instant();
        return new AgentView(
                agent,
                state,
                since,
                change == null || call.isPresent() ? null : change.detail(),
                call.map(Map.Entry::getKey).orElse(null));
    }
}
