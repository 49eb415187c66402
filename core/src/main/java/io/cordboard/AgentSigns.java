// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.agent.AgentState;
import io.cordboard.call.CallId;
import io.cordboard.crm.WorkTime;
import io.cordboard.pbx.AgentStates;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one agent from all sides, and what it comes to: calls are facts and win; then work after a call;
 * then whatever was last said of breaks and the working day, by the agent, a queue or a CRM; then the phones.
 *
 * <p>Not for many threads.
 */
final class AgentSigns {
    private static final List<AgentState> WEIGHT = List.of(
            AgentState.ON_CALL,
            AgentState.RINGING,
            AgentState.WRAP_UP,
            AgentState.PAUSED,
            AgentState.AVAILABLE,
            AgentState.OFFLINE,
            AgentState.UNKNOWN);

    private final Map<CallId, AgentState> calls = new LinkedHashMap<>();
    private final Map<String, AgentStates.Change> phones = new HashMap<>();
    private final Map<String, WorkTime.Day> days = new HashMap<>();
    private @Nullable Said said;
    private @Nullable Instant wrapUpUntil;

    /** Takes what a call has the agent do, or null; {@code true} when that is new. */
    boolean call(CallId call, @Nullable AgentState state) {
        AgentState before = state == null ? calls.remove(call) : calls.put(call, state);
        return before != state;
    }

    boolean talks() {
        return calls.containsValue(AgentState.ON_CALL);
    }

    void wrapUpUntil(@Nullable Instant moment) {
        wrapUpUntil = moment;
    }

    /** A queue that can be paused says by that, too, whether the agent is on a break. */
    boolean phone(AgentStates.Change change, boolean canPause) {
        AgentStates.Change before = phones.put(change.pbx(), change);
        boolean paused = change.state() == AgentState.PAUSED;
        boolean was = before != null && before.state() == AgentState.PAUSED;
        if (canPause && (before == null ? paused : paused != was)) {
            say(paused ? AgentState.PAUSED : AgentState.AVAILABLE, change.detail());
        }
        return !change.equals(before);
    }

    boolean day(String crm, WorkTime.Day day) {
        boolean isNew = days.put(crm, day) != day;
        if (isNew) {
            say(stateOf(day), null);
        }
        return isNew;
    }

    boolean choose(AgentState state, @Nullable String why) {
        wrapUpUntil = null;
        say(state, why);
        return true;
    }

    private void say(AgentState state, @Nullable String why) {
        // The echo of what was chosen must not take the reason away.
        boolean echo = said != null && said.state() == state && why == null;
        said = echo ? said : new Said(state, why);
    }

    private static AgentState stateOf(WorkTime.Day day) {
        return switch (day) {
            case OPEN -> AgentState.AVAILABLE;
            case PAUSED -> AgentState.PAUSED;
            case CLOSED -> AgentState.OFFLINE;
        };
    }

    /**
     * {@return what the agent does}
     *
     * @param now the time
     * @param before what the agent did until now
     */
    Reading read(Instant now, AgentState before) {
        Optional<Map.Entry<CallId, AgentState>> call =
                calls.entrySet().stream().min(Comparator.comparingInt(entry -> WEIGHT.indexOf(entry.getValue())));
        if (call.isPresent()) {
            return new Reading(call.get().getValue(), null, call.get().getKey());
        }
        if (wrapUpUntil != null && now.isBefore(wrapUpUntil)) {
            return new Reading(AgentState.WRAP_UP, null, null);
        }
        if (said != null && said.state() != AgentState.AVAILABLE) {
            return new Reading(said.state(), said.why(), null);
        }
        Optional<AgentStates.Change> phone =
                phones.values().stream().min(Comparator.comparingInt(change -> WEIGHT.indexOf(change.state())));
        if (phone.isPresent()) {
            return new Reading(phone.get().state(), phone.get().detail(), null);
        }
        boolean nothing = said == null && before == AgentState.UNKNOWN;
        return new Reading(nothing ? AgentState.UNKNOWN : AgentState.AVAILABLE, null, null);
    }

    /** Whether work after a call has just ended. */
    boolean isWrappedUp(Instant now) {
        if (wrapUpUntil == null || now.isBefore(wrapUpUntil)) {
            return false;
        }
        wrapUpUntil = null;
        return true;
    }

    private record Said(AgentState state, @Nullable String why) {}

    /** What the agent does, why, and in which call. */
    record Reading(
            AgentState state,
            @Nullable String detail,
            @Nullable CallId call) {
        boolean isLike(AgentView view) {
            return state == view.state() && Objects.equals(detail, view.detail()) && Objects.equals(call, view.call());
        }
    }
}
