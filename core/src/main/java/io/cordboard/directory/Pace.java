// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When the directory does what. Immutable.
 *
 * @param clock the time
 * @param ticker the nanoseconds by which negative answers grow old
 * @param askBudget how long somebody waits for a live search
 * @param unknownFor how long a negative answer is remembered
 * @param pollEvery how often CRMs are asked what changed
 * @param syncEvery how often everything is read
 * @param gatherFor how long told changes are gathered before they are read
 */
record Pace(
        Clock clock,
        LongSupplier ticker,
        Duration askBudget,
        Duration unknownFor,
        Duration pollEvery,
        Duration syncEvery,
        Duration gatherFor) {}
