// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import java.time.Instant;

/**
 * Something that a record which came after the call had settled made different. Immutable.
 *
 * @param at when the record came
 * @param what the name of what changed, such as {@code end}
 * @param before what it was
 * @param after what it is
 */
public record Correction(Instant at, String what, String before, String after) {}
