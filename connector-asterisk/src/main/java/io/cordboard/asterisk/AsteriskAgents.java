// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.agent.AgentState;
import io.cordboard.call.Extension;
import io.cordboard.pbx.AgentStates;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the agents are doing, from their queues and their phones. Safe for use by many threads. */
final class AsteriskAgents implements AgentStates {
    private final String account;
    private final Clock clock;
    private final Endpoints endpoints;
    private final Object lock = new Object();
    private final Map<Extension, Desk> desks = new HashMap<>();
    private volatile @Nullable Listener listener;

    /** What is known about one agent. */
    private static final class Desk {
        private final Map<String, String> interfaces = new TreeMap<>();
        private final Map<String, String> pauses = new TreeMap<>();
        private AgentState phone = AgentState.UNKNOWN;
        private AgentState told = AgentState.UNKNOWN;
        private @Nullable String toldDetail;
    }

    AsteriskAgents(String account, Clock clock, Endpoints endpoints) {
        this.account = account;
        this.clock = clock;
        this.endpoints = endpoints;
    }

    @Override
    public void tell(Listener whom) {
        listener = whom;
    }

    /** Takes an event; those about something else change nothing. */
    void hear(AmiEvent event) {
        switch (event.name()) {
            case "queuemember", "queuememberstatus", "queuememberpause", "queuememberadded" -> member(event);
            case "queuememberremoved" -> removed(event);
            case "devicestatechange" -> device(event);
            default -> {
                // About calls.
            }
        }
    }

    /** {@return the interfaces by which an agent's queues know the agent; empty when no queue does} */
    Set<String> interfacesOf(Extension agent) {
        synchronized (lock) {
            Desk desk = desks.get(agent);
            return desk == null ? Set.of() : Set.copyOf(desk.interfaces.values());
        }
    }

    private @Nullable Extension agent(AmiEvent event) {
        String phone = event.get("stateinterface");
        Extension agent = phone.isEmpty() ? null : endpoints.member(phone);
        return agent != null ? agent : endpoints.member(place(event));
    }

    private static String place(AmiEvent event) {
        return event.get("interface").isEmpty() ? event.get("location") : event.get("interface");
    }

    private void member(AmiEvent event) {
        Extension agent = agent(event);
        if (agent == null) {
            return;
        }
        String queue = event.get("queue");
        List<Change> changes = new ArrayList<>();
        synchronized (lock) {
            Desk desk = desks.computeIfAbsent(agent, a -> new Desk());
            desk.interfaces.put(queue, place(event));
            String paused = event.get("paused");
            if (paused.equals("1") || paused.equals("true")) {
                desk.pauses.put(queue, event.get("pausedreason"));
            } else if (!paused.isEmpty()) {
                desk.pauses.remove(queue);
            }
            if (!event.get("status").isEmpty()) {
                desk.phone = ofQueue(event.get("status"));
            }
            changed(agent, desk, event.at(clock.instant()), changes);
        }
        tell(changes);
    }

    private void removed(AmiEvent event) {
        Extension agent = agent(event);
        List<Change> changes = new ArrayList<>();
        synchronized (lock) {
            Desk desk = agent == null ? null : desks.get(agent);
            if (agent != null && desk != null) {
                desk.interfaces.remove(event.get("queue"));
                desk.pauses.remove(event.get("queue"));
                changed(agent, desk, event.at(clock.instant()), changes);
            }
        }
        tell(changes);
    }

    private void device(AmiEvent event) {
        Extension agent = endpoints.member(event.get("device"));
        if (agent == null || event.get("device").startsWith("Queue:")) {
            return;
        }
        List<Change> changes = new ArrayList<>();
        synchronized (lock) {
            Desk desk = desks.computeIfAbsent(agent, a -> new Desk());
            desk.phone = ofDevice(event.get("state"));
            changed(agent, desk, event.at(clock.instant()), changes);
        }
        tell(changes);
    }

    private void changed(Extension agent, Desk desk, Instant at, List<Change> changes) {
        boolean busy = desk.phone == AgentState.ON_CALL || desk.phone == AgentState.RINGING;
        boolean paused = !desk.pauses.isEmpty() && !busy && desk.phone != AgentState.OFFLINE;
        AgentState state = paused ? AgentState.PAUSED : desk.phone;
        String reason = paused
                ? desk.pauses.values().stream()
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse(null)
                : null;
        if (state != desk.told || !java.util.Objects.equals(reason, desk.toldDetail)) {
            desk.told = state;
            desk.toldDetail = reason;
            changes.add(new Change(account, agent, state, at, reason));
        }
    }

    private void tell(List<Change> changes) {
        Listener whom = listener;
        if (whom != null) {
            changes.forEach(whom::changed);
        }
    }

    private static AgentState ofQueue(String status) {
        return switch (status) {
            case "1" -> AgentState.AVAILABLE;
            case "2", "3", "7", "8" -> AgentState.ON_CALL;
            case "4", "5" -> AgentState.OFFLINE;
            case "6" -> AgentState.RINGING;
            default -> AgentState.UNKNOWN;
        };
    }

    private static AgentState ofDevice(String state) {
        return switch (state) {
            case "NOT_INUSE" -> AgentState.AVAILABLE;
            case "INUSE", "BUSY", "ONHOLD", "RINGINUSE" -> AgentState.ON_CALL;
            case "UNAVAILABLE", "INVALID" -> AgentState.OFFLINE;
            case "RINGING" -> AgentState.RINGING;
            default -> AgentState.UNKNOWN;
        };
    }
}
