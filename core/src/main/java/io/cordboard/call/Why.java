// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

/**
 * A decision and its reason, kept with the call and shown. Immutable.
 *
 * @param what what was decided, such as {@code end=ABANDONED}
 * @param because the reason, one sentence; no personal data
 */
public record Why(String what, String because) {}
