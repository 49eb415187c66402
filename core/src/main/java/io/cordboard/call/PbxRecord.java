// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The PBX's own record of a finished call: a CDR, a summary, a line of its statistics. What it states wins over live
 * events.
 *
 * <p>Everything that is null or empty was not stated. Immutable.
 *
 * @param source which kind of record it is, such as {@code notify_end} or {@code statistics}; one record a source
 *     counts
 * @param complete whether the PBX says nothing more about this call; such a record settles it
 * @param end why the call ended
 * @param endedBy who ended it
 * @param code the vendor's raw code or text
 * @param startedAt when it started
 * @param endedAt when it ended
 * @param connected from the first answer to the end
 * @param rang the agents whose phone rang, in order
 * @param answeredBy the agents who talked with the customer, in order
 */
public record PbxRecord(
        String source,
        boolean complete,
        @Nullable EndReason end,
        @Nullable EndedBy endedBy,
        @Nullable String code,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Duration connected,
        List<Extension> rang,
        List<Extension> answeredBy) {
    /** Checks the source and copies the lists. */
    public PbxRecord {
        if (source.isBlank()) {
            throw new IllegalArgumentException("a record needs a source");
        }
        if (connected != null && connected.isNegative()) {
            throw new IllegalArgumentException("a call cannot last " + connected);
        }
        rang = List.copyOf(rang);
        answeredBy = List.copyOf(answeredBy);
    }
}
