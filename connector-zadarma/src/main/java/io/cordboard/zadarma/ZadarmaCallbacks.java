// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.Extension;
import io.cordboard.connector.Memory;
import io.cordboard.zadarma.ZadarmaMessages.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the calls that were ordered, and joins the two halves of a callback.
 *
 * <p>Zadarma returns no id of an ordered call. Its webhooks are recognised by the agent's extension, the customer's
 * digits and the time. A callback calls the agent first; where that half comes as a call of its own it is absorbed into
 * the half that calls the customer, in whichever order the two are heard of. Orders survive a restart. Safe for use by
 * many threads.
 */
final class ZadarmaCallbacks {
    /** An agent's phone rings for a minute before the customer's does. */
    static final Duration WINDOW = Duration.ofMinutes(2);

    private static final Duration MEMORY = Duration.ofHours(6);
    private static final int MOST = 10_000;
    private static final String PREFIX = "dial/";

    private final Memory memory;
    private final Deque<Pair> pairs = new ArrayDeque<>();

    ZadarmaCallbacks(Memory memory, Instant now) {
        this.memory = memory;
        memory.startingWith(PREFIX).forEach((key, value) -> restore(key, value, now));
    }

    private void restore(String key, String value, Instant now) {
        String[] parts = value.split(" ", -1);
        Instant at = parts.length == 3 ? Instant.ofEpochMilli(Long.parseLong(parts[2])) : Instant.EPOCH;
        if (parts.length != 3 || at.plus(MEMORY).isBefore(now)) {
            memory.remove(key);
        } else {
            pairs.addLast(new Pair(key.substring(PREFIX.length()), new Extension(parts[0]), parts[1], at));
        }
    }

    /** Remembers an order; on disk when this returns, so that the call is recognised after a restart too. */
    void ordered(String dialId, Extension agent, String number, Instant now) {
        String digits = ZadarmaMessages.digits(number);
        memory.put(PREFIX + dialId, agent + " " + digits + " " + now.toEpochMilli());
        synchronized (pairs) {
            add(new Pair(dialId, agent, digits, now), now);
        }
    }

    /** Forgets an order that was not taken. */
    void refused(String dialId) {
        memory.remove(PREFIX + dialId);
        synchronized (pairs) {
            pairs.removeIf(pair -> dialId.equals(pair.dialId));
        }
    }

    /** {@return what is known about an outgoing call} */
    Known recognise(CallId call, Notice notice, Instant now) {
        synchronized (pairs) {
            boolean agentsHalf = notice.field("calltype").equals("callback_leg1");
            boolean customersHalf = notice.field("calltype").equals("callback_leg2");
            Extension agent = notice.internal()
                    .or(() -> ZadarmaMessages.extension(notice.field("destination")))
                    .orElse(null);
            String digits = ZadarmaMessages.digits(notice.field("destination"));
            Pair pair = bound(call)
                    .or(() -> ordered(agent, digits, agentsHalf, now))
                    .or(() -> half(agent, agentsHalf, customersHalf, now))
                    .orElse(null);
            if (pair == null) {
                return Known.NOTHING;
            }
            boolean callsAgent = agentsHalf || isAgent(pair, digits);
            if (callsAgent && !call.equals(pair.customersHalf)) {
                pair.agentsHalf = call;
            } else if (pair.customersHalf == null) {
                pair.customersHalf = call;
            }
            return pair.known(call, now);
        }
    }

    private Optional<Pair> bound(CallId call) {
        return pairs.stream()
                .filter(pair -> call.equals(pair.agentsHalf) || call.equals(pair.customersHalf))
                .findFirst();
    }

    private Optional<Pair> ordered(@Nullable Extension agent, String digits, boolean agentsHalf, Instant now) {
        return pairs.stream()
                .filter(pair -> pair.dialId != null && pair.isOpen(now))
                .filter(pair -> agent == null || agent.equals(pair.agent))
                .filter(pair -> (agentsHalf || isAgent(pair, digits))
                        ? pair.agentsHalf == null && pair.agent.equals(agent)
                        : pair.customersHalf == null && pair.digits.equals(digits))
                .findFirst();
    }

    /** Callbacks that somebody else ordered, such as the vendor's own app, come in halves as well. */
    private Optional<Pair> half(@Nullable Extension agent, boolean agentsHalf, boolean customersHalf, Instant now) {
        if (agent == null || (!agentsHalf && !customersHalf)) {
            return Optional.empty();
        }
        Optional<Pair> other = pairs.stream()
                .filter(pair -> pair.isOpen(now) && pair.agent.equals(agent) && pair.dialId == null)
                .filter(pair -> agentsHalf ? pair.agentsHalf == null : pair.customersHalf == null)
                .findFirst();
        if (other.isEmpty()) {
            Pair pair = new Pair(null, agent, "", now);
            add(pair, now);
            return Optional.of(pair);
        }
        return other;
    }

    private static boolean isAgent(Pair pair, String digits) {
        return pair.agent.number().equals(digits);
    }

    private void add(Pair pair, Instant now) {
        while (!pairs.isEmpty()
                && (pairs.size() >= MOST || pairs.getFirst().since.plus(MEMORY).isBefore(now))) {
            Pair old = pairs.removeFirst();
            if (old.dialId != null) {
                memory.remove(PREFIX + old.dialId);
            }
        }
        pairs.addLast(pair);
    }

    /** The two halves of one callback. */
    private static final class Pair {
        private final @Nullable String dialId;
        private final Extension agent;
        private final String digits;
        private final Instant since;
        private @Nullable CallId agentsHalf;
        private @Nullable CallId customersHalf;

        Pair(@Nullable String dialId, Extension agent, String digits, Instant since) {
            this.dialId = dialId;
            this.agent = agent;
            this.digits = digits;
            this.since = since;
        }

        boolean isOpen(Instant now) {
            return !now.isAfter(since.plus(WINDOW));
        }

        Known known(CallId call, Instant now) {
            boolean isAgents = !call.equals(customersHalf);
            List<CallEvent> joined = agentsHalf == null || customersHalf == null || agentsHalf.equals(customersHalf)
                    ? List.of()
                    : List.of(new CallEvent.Absorbed(agentsHalf, now, customersHalf));
            return new Known(dialId, agent, isAgents, isAgents ? digits : "", joined);
        }
    }

    /**
     * What is known about an outgoing call. Immutable.
     *
     * @param dialId the order that it fulfils, or null
     * @param agent for whom it is, or null
     * @param callsAgent whether it is the half that calls the agent
     * @param customer the customer's digits, where the webhook itself does not tell them; else empty
     * @param joined says that the agent's half is none of its own, if both are known
     */
    record Known(
            @Nullable String dialId,
            @Nullable Extension agent,
            boolean callsAgent,
            String customer,
            List<CallEvent> joined) {
        static final Known NOTHING = new Known(null, null, false, "", List.of());
    }
}
