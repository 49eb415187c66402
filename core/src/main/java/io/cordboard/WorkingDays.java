// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.agent.Agent;
import io.cordboard.agent.AgentRoster;
import io.cordboard.agent.AgentState;
import io.cordboard.agent.AgentTurn;
import io.cordboard.agent.WorkingDay;
import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Memory;
import io.cordboard.connector.StoreException;
import io.cordboard.crm.WorkTime;
import io.cordboard.pbx.Pausing;
import io.cordboard.store.TurnShelf;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agents' working days: what an agent chooses goes to the queues and the CRMs, what the CRMs say of the day comes
 * back, and what everybody did is kept. Safe for use by many threads.
 */
final class WorkingDays {
    private static final Logger LOG = LoggerFactory.getLogger(WorkingDays.class);
    private static final String ALIVE = "alive";
    private static final String CHOSEN = "agent.chosen/";
    private static final String PUSH = "agent.push/";

    private final Accounts accounts;
    private final AgentRoster roster;
    private final TurnShelf turns;
    private final Memory memory;
    private final Clock clock;
    private final Set<String> silent = new HashSet<>();

    WorkingDays(Accounts accounts, AgentRoster roster, TurnShelf turns, Memory memory, Clock clock) {
        this.accounts = accounts;
        this.roster = roster;
        this.turns = turns;
        this.memory = memory;
        this.clock = clock;
    }

    /** Keeps what an agent does; a fault of the store is told in the log, because nobody waits. */
    void keep(AgentTurn turn) {
        try {
            var unused = turns.add(turn).whenComplete((done, fault) -> {
                if (fault != null) {
                    LOG.warn("what {} does was not kept: {}", turn.agent(), fault.getMessage());
                }
            });
        } catch (StoreException e) {
            LOG.warn("what {} does was not kept: {}", turn.agent(), e.getMessage());
        }
    }

    /** Nobody knows what the agents did since the program was last seen alive; what they chose still holds. */
    void begin(AgentBoard board) {
        Optional<Instant> alive = memory.get(ALIVE).map(text -> Instant.ofEpochMilli(Long.parseLong(text)));
        for (Agent agent : roster.all()) {
            turns.last(agent.name())
                    .filter(last -> last.state() != AgentState.UNKNOWN)
                    .ifPresent(last -> {
                        Instant until = alive.filter(at -> at.isAfter(last.at()))
                                .orElse(last.at().plusMillis(1));
                        keep(new AgentTurn(agent.name(), until, AgentState.UNKNOWN, null));
                    });
            memory.get(CHOSEN + agent.name())
                    .map(Choice::read)
                    .ifPresent(choice -> board.choose(agent, choice.state(), choice.why()));
        }
    }

    /** From now on nobody knows what the agents do. */
    void end() {
        roster.all().forEach(agent -> keep(new AgentTurn(agent.name(), clock.instant(), AgentState.UNKNOWN, null)));
    }

    /** Done about once a minute: tries again what was not taken, asks the CRMs, and notes that the program is alive. */
    void round(AgentBoard board) {
        memory.put(ALIVE, Long.toString(clock.millis()));
        memory.startingWith(PUSH).forEach((key, text) -> {
            String[] names = key.substring(PUSH.length()).split("/", 2);
            roster.byName(names[1])
                    .ifPresentOrElse(agent -> push(agent, names[0], Choice.read(text)), () -> memory.remove(key));
        });
        accounts.crms().values().forEach(crm -> crm.role(WorkTime.class).ifPresent(role -> ask(crm, role, board)));
    }

    private void ask(Connector crm, WorkTime role, AgentBoard board) {
        Map<String, Agent> byUser = new TreeMap<>();
        roster.all().forEach(agent -> agent.user(crm.account()).ifPresent(user -> byUser.put(user, agent)));
        if (byUser.isEmpty()) {
            return;
        }
        try {
            role.days(byUser.keySet()).forEach((user, day) -> {
                Agent agent = byUser.get(user);
                // What was chosen here and has not arrived there yet is newer.
                if (agent != null && memory.get(key(crm.account(), agent)).isEmpty()) {
                    board.day(agent, crm.account(), day);
                }
            });
            silent.remove(crm.account());
        } catch (ConnectorException e) {
            if (silent.add(crm.account())) {
                LOG.warn("{} does not tell of working days: {}", crm.account(), e.getMessage());
            }
        }
    }

    /** Takes what an agent chose to do and tells everybody who can be told. */
    List<AgentPush> choose(AgentBoard board, String name, AgentState state, String why) {
        Agent agent = roster.byName(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no agent \"" + name + "\""));
        if (state != AgentState.AVAILABLE && state != AgentState.PAUSED && state != AgentState.OFFLINE) {
            throw new IllegalArgumentException("an agent can choose AVAILABLE, PAUSED or OFFLINE, not " + state);
        }
        Choice choice = new Choice(state, why.isBlank() ? null : why.strip());
        Map<String, String> orders = new TreeMap<>(Map.of(CHOSEN + name, choice.text()));
        List<String> told = new ArrayList<>();
        for (Connector connector : accounts.all()) {
            if (takes(agent, connector)) {
                orders.put(key(connector.account(), agent), choice.text());
                told.add(connector.account());
            }
        }
        memory.putAll(orders);
        board.choose(agent, state, choice.why());
        return told.stream().map(account -> push(agent, account, choice)).toList();
    }

    private static boolean takes(Agent agent, Connector connector) {
        return (connector.role(Pausing.class).isPresent()
                        && agent.extension(connector.account()).isPresent())
                || (connector.role(WorkTime.class).isPresent()
                        && agent.user(connector.account()).isPresent());
    }

    private AgentPush push(Agent agent, String account, Choice choice) {
        String key = key(account, agent);
        try {
            accounts.find(account)
                    .filter(connector -> takes(agent, connector))
                    .ifPresent(connector -> tell(agent, connector, choice));
            memory.remove(key);
            return new AgentPush(account, true, null);
        } catch (ConnectorException e) {
            LOG.warn("{} did not take that {} is {}: {}", account, agent.name(), choice.state(), e.getMessage());
            if (!e.reason().retryable()) {
                memory.remove(key);
            }
            return new AgentPush(account, false, e.getMessage());
        }
    }

    private static void tell(Agent agent, Connector connector, Choice choice) {
        agent.extension(connector.account())
                .ifPresent(extension -> connector
                        .role(Pausing.class)
                        .ifPresent(queues -> queues.pause(
                                extension,
                                choice.state() != AgentState.AVAILABLE,
                                choice.why() == null ? "" : choice.why())));
        agent.user(connector.account())
                .ifPresent(user -> connector.role(WorkTime.class).ifPresent(days -> days.change(user, choice.day())));
    }

    WorkingDay day(String name, LocalDate date) {
        Agent agent = roster.byName(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no agent \"" + name + "\""));
        Instant from = date.atStartOfDay(agent.timeZone()).toInstant();
        Instant to = date.plusDays(1).atStartOfDay(agent.timeZone()).toInstant();
        return WorkingDay.of(agent, date, turns.between(name, from, to), clock);
    }

    private static String key(String account, Agent agent) {
        return PUSH + account + "/" + agent.name();
    }

    /** What an agent chose, as one text: the state, then the reason. */
    private record Choice(AgentState state, @Nullable String why) {
        static Choice read(String text) {
            String[] parts = text.split("\n", 2);
            return new Choice(AgentState.valueOf(parts[0]), parts.length < 2 ? null : parts[1]);
        }

        String text() {
            return why == null ? state.name() : state.name() + "\n" + why;
        }

        WorkTime.Day day() {
            return switch (state) {
                case PAUSED -> WorkTime.Day.PAUSED;
                case OFFLINE -> WorkTime.Day.CLOSED;
                default -> WorkTime.Day.OPEN;
            };
        }
    }
}
