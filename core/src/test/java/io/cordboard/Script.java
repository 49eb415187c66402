// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.Caller;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.EndedBy;
import io.cordboard.call.Extension;
import io.cordboard.call.LegEnd;
import io.cordboard.call.Party;
import io.cordboard.call.PbxRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a PBX says of one call, a second apart. */
final class Script {
    static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
    static final String NUMBER = "89161234567";

    private final CallId id;
    private long seconds;

    Script(String id) {
        this.id = new CallId("hq", id);
    }

    CallId id() {
        return id;
    }

    private Instant next() {
        return T0.plusSeconds(seconds++);
    }

    CallEvent arrives() {
        return new CallEvent.Arrived(id, next(), Direction.INBOUND, Caller.raw(NUMBER), "74951110001", null, null);
    }

    CallEvent isInternal(Extension from) {
        return new CallEvent.Arrived(id, next(), Direction.INTERNAL, Caller.raw("102"), null, from, null);
    }

    CallEvent isDialledBy(Extension agent, @Nullable String dialId) {
        return new CallEvent.Arrived(id, next(), Direction.OUTBOUND, Caller.raw(NUMBER), null, agent, dialId);
    }

    CallEvent rings(Extension agent) {
        return new CallEvent.LegRinging(id, next(), agent.number(), Party.agent(agent));
    }

    CallEvent answers(Extension agent) {
        return new CallEvent.LegAnswered(id, next(), agent.number(), Party.agent(agent));
    }

    CallEvent customerRings() {
        return new CallEvent.LegRinging(id, next(), "customer", Party.CUSTOMER);
    }

    CallEvent customerAnswers() {
        return new CallEvent.LegAnswered(id, next(), "customer", Party.CUSTOMER);
    }

    CallEvent legEnds(String leg) {
        return new CallEvent.LegEnded(id, next(), leg, LegEnd.HUNG_UP, null);
    }

    CallEvent ends() {
        return new CallEvent.Ended(id, next(), null, EndedBy.CUSTOMER, null);
    }

    CallEvent isPartOf(CallId whole) {
        return new CallEvent.Absorbed(id, next(), whole);
    }

    /** The PBX's own record, which came late. */
    CallEvent record(String source, EndReason end, Duration connected) {
        PbxRecord record = new PbxRecord(
                source, true, end, null, null, T0, T0.plusSeconds(60), connected, List.of(House.ANNA), List.of());
        return new CallEvent.Recorded(id, T0.plusSeconds(100 + seconds++), record);
    }

    CallEvent[] answeredCall() {
        return new CallEvent[] {arrives(), rings(House.ANNA), answers(House.ANNA), legEnds("101"), ends()};
    }

    CallEvent[] missedCall() {
        return new CallEvent[] {arrives(), rings(House.ANNA), legEnds("101"), ends()};
    }
}
