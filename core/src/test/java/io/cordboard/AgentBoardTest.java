// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.agent.Agent;
import io.cordboard.agent.AgentRoster;
import io.cordboard.agent.AgentState;
import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.CallTracker;
import io.cordboard.call.Extension;
import io.cordboard.call.Party;
import io.cordboard.call.Transfer;
import io.cordboard.pbx.AgentStates;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AgentBoardTest {
    private final AgentBoard board = new AgentBoard(
            AgentRoster.of(List.of(agent("Anna", House.ANNA), agent("Boris", House.BORIS))),
            Clock.systemUTC(),
            new Listeners());
    private final Script script = new Script("1");

    private static Agent agent(String name, Extension extension) {
        return new Agent(name, Map.of("hq", extension), Map.of(), ZoneOffset.UTC);
    }

    @BeforeEach
    void bothPhonesAreRegistered() {
        for (Extension phone : List.of(House.ANNA, House.BORIS)) {
            board.told(new AgentStates.Change("hq", phone, AgentState.AVAILABLE, Script.T0, null));
        }
    }

    @Test
    void whoDialledIsBusyUntilTheEndWhereThePbxTellsOfTheCustomersPhoneOnly() {
        Call call = seen(null, script.isDialledBy(House.ANNA, null), script.customerRings());
        assertThat(shown(House.ANNA)).isEqualTo(on(AgentState.ON_CALL, script));

        call = seen(call, script.customerAnswers());
        assertThat(shown(House.ANNA)).isEqualTo(on(AgentState.ON_CALL, script));
        assertThat(shown(House.BORIS)).isEqualTo(Tuple.tuple(AgentState.AVAILABLE, null));

        seen(call, script.legEnds("customer"), script.ends());
        assertThat(shown(House.ANNA)).isEqualTo(Tuple.tuple(AgentState.AVAILABLE, null));
    }

    @Test
    void whoIsCalledFirstRingsAndIsThenOnTheCustomersCall() {
        Script customers = new Script("2");
        Call half = seen(null, script.isDialledBy(House.ANNA, "click"), script.rings(House.ANNA));
        assertThat(shown(House.ANNA)).isEqualTo(on(AgentState.RINGING, script));

        Call call = seen(null, customers.isDialledBy(House.ANNA, "click"), customers.customerRings());
        seen(half, script.isPartOf(customers.id()));
        seen(call, customers.customerAnswers());
        assertThat(shown(House.ANNA)).isEqualTo(on(AgentState.ON_CALL, customers));
    }

    @Test
    void whoseOwnLegEndedOrWhoHandedTheCustomerOverIsFree() {
        Call own =
                seen(null, script.isDialledBy(House.ANNA, null), script.answers(House.ANNA), script.customerAnswers());
        assertThat(shown(House.ANNA)).isEqualTo(on(AgentState.ON_CALL, script));
        seen(own, script.legEnds("101"));
        assertThat(shown(House.ANNA)).isEqualTo(Tuple.tuple(AgentState.AVAILABLE, null));

        Script other = new Script("2");
        Call call = seen(null, other.isDialledBy(House.ANNA, null), other.customerAnswers());
        assertThat(shown(House.ANNA)).isEqualTo(on(AgentState.ON_CALL, other));
        seen(
                call,
                new CallEvent.Transferred(other.id(), Script.T0, Transfer.Kind.BLIND, House.ANNA, "102"),
                other.answers(House.BORIS));
        assertThat(shown(House.ANNA)).isEqualTo(Tuple.tuple(AgentState.AVAILABLE, null));
        assertThat(shown(House.BORIS)).isEqualTo(on(AgentState.ON_CALL, other));
    }

    @Test
    void aPhoneWhoseCallSomebodyElseTookRingsNoLonger() {
        Call call = seen(null, script.arrives(), script.rings(House.ANNA), script.rings(House.BORIS));
        assertThat(shown(House.ANNA)).isEqualTo(on(AgentState.RINGING, script));

        call = seen(call, script.answers(House.BORIS));
        assertThat(shown(House.ANNA)).isEqualTo(Tuple.tuple(AgentState.AVAILABLE, null));
        assertThat(shown(House.BORIS)).isEqualTo(on(AgentState.ON_CALL, script));

        seen(
                call,
                new CallEvent.LegRinging(script.id(), Script.T0.plusSeconds(60), "transfer", Party.agent(House.ANNA)));
        assertThat(shown(House.ANNA)).as("a transfer to her").isEqualTo(on(AgentState.RINGING, script));
    }

    private Call seen(@Nullable Call before, CallEvent... events) {
        Call call = before;
        for (CallEvent event : events) {
            call = CallTracker.apply(call, event);
        }
        assertThat(call).isNotNull();
        board.seen(call);
        return call;
    }

    private static Tuple on(AgentState state, Script call) {
        CallId id = call.id();
        return Tuple.tuple(state, id);
    }

    private Tuple shown(Extension phone) {
        AgentView view = board.all().stream()
                .filter(one -> one.agent().extension("hq").filter(phone::equals).isPresent())
                .findFirst()
                .orElseThrow();
        return Tuple.tuple(view.state(), view.call());
    }
}
