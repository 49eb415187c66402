// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One party's connection to a call. Immutable.
 *
 * @param id the PBX's id of it, unique within the call
 * @param party who is at its far end; null when the PBX named it only when it ended
 * @param ringingAt when it began to ring, or null
 * @param answeredAt when it was answered, or null
 * @param endedAt when it ended, or null
 * @param end why it ended, or null while it lives
 * @param code the vendor's raw cause, or null
 */
public record Leg(
        String id,
        @Nullable Party party,
        @Nullable Instant ringingAt,
        @Nullable Instant answeredAt,
        @Nullable Instant endedAt,
        @Nullable LegEnd end,
        @Nullable String code) {}
