// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param answered whether the parties were connected
 * @param reason why it ended
 * @param because why that is the reason
 * @param by who ended it
 * @param code the vendor's raw cause
 * @param failed whose leg failed, for an outbound call that was not answered
 * @param at when
 */
record Ending(
        boolean answered,
        EndReason reason,
        String because,
        @Nullable EndedBy by,
        @Nullable String code,
        Party.@Nullable Kind failed,
        Instant at) {

    static Ending of(CallReading call) {
        PbxRecord record = call.record();
        CallEvent.Ended ended = call.ended();
        EndedBy by = record != null && record.endedBy() != null ? record.endedBy() : ended == null ? null : ended.by();
        String code = record != null && record.code() != null ? record.code() : ended == null ? null : ended.code();
        Instant at = at(call);
        if (record != null && record.end() != null) {
            EndReason stated = record.end();
            boolean talked = stated == EndReason.COMPLETED;
            // The record does not say whose leg failed; the legs do, if any was heard of.
            boolean unknown = talked
                    || call.direction() != Direction.OUTBOUND
                    || call.legs().all().isEmpty();
            Party.Kind failed = unknown ? null : unanswered(call, by, code, at).failed();
            return new Ending(talked, stated, "the PBX's record states it", by, code, failed, at);
        }
        boolean answered = call.liveAnswer().isPresent();
        if (call.settled() != null && call.settled().lost()) {
            return new Ending(answered, EndReason.UNKNOWN, "its end never came", by, code, null, at);
        }
        if (ended != null && ended.reason() != null) {
            return new Ending(answered, ended.reason(), "the PBX said so", by, code, null, at);
        }
        return answered
                ? new Ending(true, EndReason.COMPLETED, "the parties were connected", by, code, null, at)
                : unanswered(call, by, code, at);
    }

    private static Instant at(CallReading call) {
        PbxRecord record = call.record();
        if (record != null && record.endedAt() != null) {
            return record.endedAt();
        }
        if (call.ended() != null) {
            return call.ended().at();
        }
        Instant recordAt = call.recordAt();
        return recordAt != null && record != null && record.complete() ? recordAt : call.lastHeard();
    }

    private static Ending unanswered(CallReading call, @Nullable EndedBy by, @Nullable String code, Instant at) {
        if (call.legs().firstAnswer(Party.Kind.VOICEMAIL, null).isPresent()) {
            return new Ending(false, EndReason.VOICEMAIL, "the voice mail took the call", by, code, null, at);
        }
        if (call.direction() == Direction.INBOUND) {
            return by == EndedBy.CUSTOMER
                    ? new Ending(false, EndReason.ABANDONED, "the caller hung up before an answer", by, code, null, at)
                    : new Ending(false, EndReason.NO_ANSWER, "the PBX gave up before an answer", by, code, null, at);
        }
        Optional<Leg> customer = lastOf(call, Party.Kind.CUSTOMER);
        Party.Kind failed = customer.isPresent() ? Party.Kind.CUSTOMER : Party.Kind.AGENT;
        Optional<Leg> leg = customer.or(() -> lastOf(call, Party.Kind.AGENT));
        EndReason reason = leg.map(l -> reasonOf(l, by)).orElse(EndReason.FAILED);
        String because = "the " + (failed == Party.Kind.CUSTOMER ? "customer" : "agent") + "'s leg ended so";
        return new Ending(false, reason, because, by, code, failed, at);
    }

    private static Optional<Leg> lastOf(CallReading call, Party.Kind kind) {
        return call.legs().of(kind).stream().reduce((first, second) -> second);
    }

    private static EndReason reasonOf(Leg leg, @Nullable EndedBy by) {
        LegEnd end = leg.end() == null ? LegEnd.UNKNOWN : leg.end();
        return switch (end) {
            case BUSY -> EndReason.BUSY;
            case REJECTED -> EndReason.REJECTED;
            case FAILED -> EndReason.FAILED;
            case CANCELLED -> by == EndedBy.PBX ? EndReason.NO_ANSWER : EndReason.ABANDONED;
            case NO_ANSWER, HUNG_UP, ANSWERED_ELSEWHERE, UNKNOWN ->
                leg.ringingAt() == null && Legs.is(leg, Party.Kind.AGENT) ? EndReason.FAILED : EndReason.NO_ANSWER;
        };
    }
}
