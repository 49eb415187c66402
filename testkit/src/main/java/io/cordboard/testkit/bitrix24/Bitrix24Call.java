// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call as the portal holds it. {@link #toString()} hides the number. Immutable.
 *
 * @param callId the portal's id
 * @param externalCallId the id that the PBX's side gave, or null
 * @param number the client's number
 * @param type 1 outgoing, 2 incoming, 3 redirected, 4 callback, 5 informational
 * @param start when it began
 * @param finished whether it was finished
 * @param user who had it; who was registered when it is not finished
 * @param duration in seconds; 0 when it is not finished
 * @param statusCode such as {@code 200} or {@code 304}, or null when it is not finished
 * @param entityType {@code CONTACT}, {@code COMPANY}, {@code LEAD} or empty
 * @param entityId its id, or null
 * @param activity the id of the activity, or null
 * @param recordName the recording's file name, or null
 * @param recordBytes the recording; empty when there is none
 * @param visibleTo the users who see the card now
 * @param card what happened to the card, such as {@code show 17}
 */
// The bytes are a file: handed out as they are, and never compared here.
@SuppressWarnings("ArrayRecordComponent")
public record Bitrix24Call(
        String callId,
        @Nullable String externalCallId,
        String number,
        int type,
        Instant start,
        boolean finished,
        int user,
        int duration,
        @Nullable String statusCode,
        String entityType,
        @Nullable Integer entityId,
        @Nullable Integer activity,
        @Nullable String recordName,
        byte[] recordBytes,
        Set<Integer> visibleTo,
        List<String> card) {
    /** Copies the collections. */
    public Bitrix24Call {
        visibleTo = Set.copyOf(visibleTo);
        card = List.copyOf(card);
    }

    static Bitrix24Call of(PortalCall call) {
        PortalCall.Finish finish = call.finish;
        PortalCall.Sound file = call.record;
        return new Bitrix24Call(
                call.id,
                call.externalId,
                call.number,
                call.type,
                call.start,
                finish != null,
                finish == null ? call.registeredBy : finish.user(),
                finish == null ? 0 : finish.seconds(),
                finish == null ? null : finish.code(),
                call.entityType,
                call.entityId,
                finish == null ? null : finish.activity(),
                file == null ? null : file.fileName(),
                file == null ? new byte[0] : file.content(),
                call.visible,
                call.cardLog);
    }

    @Override
    public String toString() {
        return "Bitrix24Call[" + callId + ", " + externalCallId + ", " + statusCode + "]";
    }
}
