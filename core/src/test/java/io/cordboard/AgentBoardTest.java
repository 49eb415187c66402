// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.agent.Agent;
import io.cordboard.agent.AgentRoster;
import io.cordboard.agent.AgentState;
import io.cordboard.agent.AgentTurn;
import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.CallTracker;
import io.cordboard.call.Extension;
import io.cordboard.call.Party;
import io.cordboard.call.Transfer;
import io.cordboard.crm.WorkTime;
import io.cordboard.pbx.AgentStates;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AgentBoardTest {
    private final ManualClock clock = new ManualClock(Script.T0);
    private final List<AgentTurn> diary = new ArrayList<>();
    private final AgentRoster roster = AgentRoster.of(List.of(agent("Anna", House.ANNA), agent("Boris", House.BORIS)));
    private final AgentBoard board = new AgentBoard(roster, clock, Duration.ZERO, new Listeners(), diary::add);
    private final Script script = new Script("1");

    private static Agent agent(String name, Extension extension) {
        return new Agent(name, Map.of("hq", extension, "office", extension), Map.of(), ZoneOffset.UTC);
    }

    @BeforeEach
    void bothPhonesAreRegistered() {
        for (Extension phone : List.of(House.ANNA, House.BORIS)) {
            board.told(change("hq", phone, AgentState.AVAILABLE, null), true);
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

    @Test
    void whoHasPhonesOnTwoPbxsIsReachableOnEither() {
        board.told(change("office", House.ANNA, AgentState.OFFLINE, null), false);
        assertThat(state(board)).isEqualTo(AgentState.AVAILABLE);

        board.told(change("hq", House.ANNA, AgentState.OFFLINE, null), true);
        assertThat(state(board)).isEqualTo(AgentState.OFFLINE);

        board.told(change("office", House.ANNA, AgentState.ON_CALL, null), false);
        assertThat(state(board)).isEqualTo(AgentState.ON_CALL);
    }

    @Test
    void theBreakThatWasSaidLastCountsWhoeverSaidIt() {
        Agent anna = roster.byName("Anna").orElseThrow();
        board.choose(anna, AgentState.PAUSED, "lunch");
        board.told(change("hq", House.ANNA, AgentState.PAUSED, null), true);
        board.day(anna, "main", WorkTime.Day.PAUSED);
        assertThat(board.all().get(0).detail()).as("echoes take no reason away").isEqualTo("lunch");

        board.told(change("hq", House.ANNA, AgentState.AVAILABLE, null), true);
        assertThat(state(board)).as("a supervisor ended it").isEqualTo(AgentState.AVAILABLE);

        board.day(anna, "main", WorkTime.Day.CLOSED);
        assertThat(state(board)).isEqualTo(AgentState.OFFLINE);
        board.choose(anna, AgentState.AVAILABLE, null);
        assertThat(state(board)).isEqualTo(AgentState.AVAILABLE);
    }

    @Test
    void callDuringABreakIsACallAndTheBreakGoesOn() {
        board.choose(roster.byName("Anna").orElseThrow(), AgentState.PAUSED, "lunch");
        Call call = seen(null, script.arrives(), script.rings(House.ANNA));
        assertThat(state(board)).isEqualTo(AgentState.RINGING);

        clock.advance(Duration.ofSeconds(5));
        seen(call, script.answers(House.ANNA), script.legEnds("101"), script.ends());
        assertThat(state(board)).isEqualTo(AgentState.PAUSED);
        assertThat(diary)
                .filteredOn(turn -> turn.agent().equals("Anna"))
                .extracting(AgentTurn::state)
                .containsExactly(AgentState.AVAILABLE, AgentState.PAUSED, AgentState.RINGING, AgentState.PAUSED);
    }

    @Test
    void workAfterACallEndsByItselfOrByTheAgent() {
        AgentBoard own = new AgentBoard(roster, clock, Duration.ofSeconds(30), new Listeners(), diary::add);
        Call talk = CallTracker.apply(
                CallTracker.apply(CallTracker.apply(null, script.arrives()), script.rings(House.ANNA)),
                script.answers(House.ANNA));
        Call over = CallTracker.apply(talk, script.ends());

        own.seen(talk);
        own.seen(over);
        assertThat(state(own)).isEqualTo(AgentState.WRAP_UP);
        clock.advance(Duration.ofSeconds(29));
        own.tick();
        assertThat(state(own)).isEqualTo(AgentState.WRAP_UP);
        clock.advance(Duration.ofSeconds(1));
        own.tick();
        assertThat(state(own)).isEqualTo(AgentState.AVAILABLE);

        own.seen(talk);
        own.seen(over);
        own.choose(roster.byName("Anna").orElseThrow(), AgentState.AVAILABLE, null);
        assertThat(state(own)).isEqualTo(AgentState.AVAILABLE);
    }

    private AgentStates.Change change(String pbx, Extension phone, AgentState state, @Nullable String detail) {
        return new AgentStates.Change(pbx, phone, state, clock.instant(), detail);
    }

    private static AgentState state(AgentBoard board) {
        return board.all().get(0).state();
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
