// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

import io.cordboard.testkit.Knobs;

/**
 * The parts of one sandbox. Immutable.
 *
 * @param books what the account holds
 * @param knobs what can be turned
 * @param post sends the events
 */
record Sandboxed(Books books, Knobs knobs, Post post) {}
