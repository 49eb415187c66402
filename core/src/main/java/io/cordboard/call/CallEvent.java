// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every PBX can say about a call, normalised.
 *
 * <p>Events may come late, twice and in any order. Two events of one call with the same {@link #key()} say the same
 * thing; the one with the earlier {@link #at()} counts. Immutable.
 */
public sealed interface CallEvent {
    /** {@return the call it belongs to} */
    CallId call();

    /** {@return when the PBX says it happened, or when it was received where the PBX does not say} */
    Instant at();

    /** {@return what the event says apart from its time; a repetition has the same key} */
    String key();

    /**
     * {@return the same event at another time}
     *
     * @param at the other time
     */
    CallEvent movedTo(Instant at);

    /**
     * A call arrived at, or was started in, the PBX.
     *
     * @param call the call
     * @param at when
     * @param direction which way it goes
     * @param customer the customer's number; for an internal call the called extension, raw
     * @param line the number that was dialled (DNIS) or the line that is used, or null
     * @param agent the agent who dialled; null for an inbound call
     * @param dialId the id of the click-to-call request that it fulfils, or null
     */
    record Arrived(
            CallId call,
            Instant at,
            Direction direction,
            Caller customer,
            @Nullable String line,
            @Nullable Extension agent,
            @Nullable String dialId)
            implements CallEvent {
        @Override
        public String key() {
            return "arrived";
        }

        @Override
        public Arrived movedTo(Instant when) {
            return new Arrived(call, when, direction, customer, line, agent, dialId);
        }

        /**
         * {@return the same event with the customer's number understood}
         *
         * @param understood the customer
         */
        public Arrived withCustomer(Caller understood) {
            return new Arrived(call, at, direction, understood, line, agent, dialId);
        }
    }

    /**
     * The caller entered a queue.
     *
     * @param call the call
     * @param at when
     * @param queue the queue's name
     */
    record Queued(CallId call, Instant at, String queue) implements CallEvent {
        @Override
        public String key() {
            return "queued/" + queue;
        }

        @Override
        public Queued movedTo(Instant when) {
            return new Queued(call, when, queue);
        }
    }

    /**
     * A phone rings for this call.
     *
     * @param call the call
     * @param at when
     * @param leg the leg's id, unique within the call
     * @param party whose phone it is
     */
    record LegRinging(CallId call, Instant at, String leg, Party party) implements CallEvent {
        @Override
        public String key() {
            return "ringing/" + leg;
        }

        @Override
        public LegRinging movedTo(Instant when) {
            return new LegRinging(call, when, leg, party);
        }
    }

    /**
     * A party is connected. For an agent of an inbound call: talks with the customer (an IVR's pick-up is no answer).
     * For a customer of an outbound call: picked up. A voice mail that takes the call is a leg of its own.
     *
     * @param call the call
     * @param at when
     * @param leg the leg's id, unique within the call
     * @param party who answered
     */
    record LegAnswered(CallId call, Instant at, String leg, Party party) implements CallEvent {
        @Override
        public String key() {
            return "answered/" + leg;
        }

        @Override
        public LegAnswered movedTo(Instant when) {
            return new LegAnswered(call, when, leg, party);
        }
    }

    /**
     * A party put the other side on hold.
     *
     * @param call the call
     * @param at when
     * @param leg the leg that holds
     */
    record LegHeld(CallId call, Instant at, String leg) implements CallEvent {
        @Override
        public String key() {
            return "held/" + leg + "/" + at.toEpochMilli();
        }

        @Override
        public LegHeld movedTo(Instant when) {
            return new LegHeld(call, when, leg);
        }
    }

    /**
     * A party took the other side back from hold.
     *
     * @param call the call
     * @param at when
     * @param leg the leg that held
     */
    record LegResumed(CallId call, Instant at, String leg) implements CallEvent {
        @Override
        public String key() {
            return "resumed/" + leg + "/" + at.toEpochMilli();
        }

        @Override
        public LegResumed movedTo(Instant when) {
            return new LegResumed(call, when, leg);
        }
    }

    /**
     * A leg is over.
     *
     * @param call the call
     * @param at when
     * @param leg the leg's id
     * @param why why it ended
     * @param code the vendor's raw cause, or null
     */
    record LegEnded(
            CallId call,
            Instant at,
            String leg,
            LegEnd why,
            @Nullable String code) implements CallEvent {
        @Override
        public String key() {
            return "leg-ended/" + leg;
        }

        @Override
        public LegEnded movedTo(Instant when) {
            return new LegEnded(call, when, leg, why, code);
        }
    }

    /**
     * An agent handed the customer over.
     *
     * @param call the call
     * @param at when
     * @param kind whether the agent asked first
     * @param from the agent who handed over
     * @param to the extension or number that the customer was handed to
     */
    record Transferred(CallId call, Instant at, Transfer.Kind kind, Extension from, String to) implements CallEvent {
        @Override
        public String key() {
            return "transferred/" + kind + "/" + from + "/" + to;
        }

        @Override
        public Transferred movedTo(Instant when) {
            return new Transferred(call, when, kind, from, to);
        }
    }

    /**
     * An agent asked another agent while the customer waited.
     *
     * @param call the customer's call
     * @param at when
     * @param by the agent who asked
     * @param whom the agent who was asked
     */
    record Consulted(CallId call, Instant at, Extension by, Extension whom) implements CallEvent {
        @Override
        public String key() {
            return "consulted/" + by + "/" + whom;
        }

        @Override
        public Consulted movedTo(Instant when) {
            return new Consulted(call, when, by, whom);
        }
    }

    /**
     * A recording exists or will exist.
     *
     * @param call the call
     * @param at when this was said
     * @param recording where to ask for it
     */
    record RecordingAvailable(CallId call, Instant at, Recording recording) implements CallEvent {
        @Override
        public String key() {
            return "recording/" + recording.name();
        }

        @Override
        public RecordingAvailable movedTo(Instant when) {
            return new RecordingAvailable(call, when, recording);
        }
    }

    /**
     * The last leg ended.
     *
     * @param call the call
     * @param at when
     * @param reason why, where the PBX says so; null to derive it from the legs
     * @param by who ended it, or null when not said
     * @param code the vendor's raw cause, or null
     */
    record Ended(
            CallId call,
            Instant at,
            @Nullable EndReason reason,
            @Nullable EndedBy by,
            @Nullable String code) implements CallEvent {
        @Override
        public String key() {
            return "ended";
        }

        @Override
        public Ended movedTo(Instant when) {
            return new Ended(call, when, reason, by, code);
        }
    }

    /**
     * The PBX's own record of the call came.
     *
     * @param call the call
     * @param at when it was received
     * @param record what it states
     */
    record Recorded(CallId call, Instant at, PbxRecord record) implements CallEvent {
        @Override
        public String key() {
            return "record/" + record.source() + "/" + Integer.toHexString(record.hashCode());
        }

        @Override
        public Recorded movedTo(Instant when) {
            return new Recorded(call, when, record);
        }
    }

    /**
     * What looked like a call of its own belongs to another call: the second half of an attended transfer.
     *
     * @param call the call that is none
     * @param at when
     * @param into the call it belongs to
     */
    record Absorbed(CallId call, Instant at, CallId into) implements CallEvent {
        @Override
        public String key() {
            return "absorbed";
        }

        @Override
        public Absorbed movedTo(Instant when) {
            return new Absorbed(call, when, into);
        }
    }

    /**
     * The engine settled the call, because its grace time passed or because its end never came.
     *
     * @param call the call
     * @param at when
     * @param lost whether the end never came
     */
    record Settled(CallId call, Instant at, boolean lost) implements CallEvent {
        @Override
        public String key() {
            return "settled";
        }

        @Override
        public Settled movedTo(Instant when) {
            return new Settled(call, when, lost);
        }
    }
}
