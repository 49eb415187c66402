// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A customer's whole journey through a PBX, from the first ring to the last hang-up, across IVR, queue and transfers.
 *
 * <p>Made by {@link CallTracker} from {@link #events()} alone. Lists are in the order of the events' times. Immutable.
 *
 * @param id its identity
 * @param direction which way it goes
 * @param state how far it has come
 * @param customer the customer's number
 * @param line the number that was dialled (DNIS) or the line used, or null
 * @param queue the last queue that it entered, or null
 * @param rang the agents whose phone rang for the customer, each once
 * @param answeredBy the agents who talked with the customer, each once
 * @param consulted the agents who were only asked during a consultation
 * @param agent who is credited: the last who talked, or who dialled; null while nobody is
 * @param end why it ended, or null while it lives
 * @param endedBy who ended it, or null when not known
 * @param endCode the vendor's raw cause, or null
 * @param failedParty outbound calls that were not answered: whose leg failed; else null
 * @param startedAt the first event
 * @param answeredAt the first answer by an agent (outbound: by the customer), or null
 * @param endedAt the end, or null while it lives
 * @param times waiting, connected, on hold, talking
 * @param transfers the hand-overs, in order
 * @param legs the parties' connections, in order
 * @param recordings where recordings can be asked for
 * @param dialId the click-to-call request that it fulfils, or null
 * @param absorbedInto the call that this one turned out to be a part of, or null
 * @param corrections what records that came after the call had settled made different
 * @param why the decisions and their reasons
 * @param events everything the PBX said, each thing once, by time
 */
public record Call(
        CallId id,
        Direction direction,
        CallState state,
        Caller customer,
        @Nullable String line,
        @Nullable String queue,
        List<Extension> rang,
        List<Extension> answeredBy,
        List<Extension> consulted,
        @Nullable Extension agent,
        @Nullable EndReason end,
        @Nullable EndedBy endedBy,
        @Nullable String endCode,
        Party.@Nullable Kind failedParty,
        Instant startedAt,
        @Nullable Instant answeredAt,
        @Nullable Instant endedAt,
        Times times,
        List<Transfer> transfers,
        List<Leg> legs,
        List<Recording> recordings,
        @Nullable String dialId,
        @Nullable CallId absorbedInto,
        List<Correction> corrections,
        List<Why> why,
        List<CallEvent> events) {
    /** Copies the lists. */
    public Call {
        rang = List.copyOf(rang);
        answeredBy = List.copyOf(answeredBy);
        consulted = List.copyOf(consulted);
        transfers = List.copyOf(transfers);
        legs = List.copyOf(legs);
        recordings = List.copyOf(recordings);
        corrections = List.copyOf(corrections);
        why = List.copyOf(why);
        events = List.copyOf(events);
    }

    /** {@return whether customer and agent were connected (internal calls: the two agents)} */
    public boolean isAnswered() {
        return answeredAt != null;
    }

    /**
     * {@return the same call with another list of events, none for a copy that is small}
     *
     * @param others the events
     */
    public Call withEvents(List<CallEvent> others) {
        return new Call(
                id,
                direction,
                state,
                customer,
                line,
                queue,
                rang,
                answeredBy,
                consulted,
                agent,
                end,
                endedBy,
                endCode,
                failedParty,
                startedAt,
                answeredAt,
                endedAt,
                times,
                transfers,
                legs,
                recordings,
                dialId,
                absorbedInto,
                corrections,
                why,
                others);
    }

    /**
     * {@return the recording that stands for the call, if there is one: the last that was announced; none where nothing
     * was said that could be in it, whatever the PBX announces}
     */
    public Optional<Recording> recording() {
        boolean said = isAnswered() || end == EndReason.VOICEMAIL;
        return said && !recordings.isEmpty() ? Optional.of(recordings.get(recordings.size() - 1)) : Optional.empty();
    }

    /** {@return how many times a later record corrected the settled call} */
    public int revision() {
        return corrections.size();
    }

    /**
     * How long a call waited, was connected, was held and talked. Immutable.
     *
     * @param waiting from the first event to the first answer, or to the end; an IVR's pick-up is no answer; null when
     *     no phone could be reached at all
     * @param connected from the first answer to the end, hold and the ringing of a transfer included; zero when not
     *     answered
     * @param held the part of {@code connected} on hold
     * @param talking {@code connected} without hold and without the ringing of transfers
     */
    public record Times(@Nullable Duration waiting, Duration connected, Duration held, Duration talking) {
        /** Nothing has passed yet. */
        public static final Times NONE = new Times(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }
}
