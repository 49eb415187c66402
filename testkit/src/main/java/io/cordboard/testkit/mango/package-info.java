// SPDX-License-Identifier: Apache-2.0
/**
 * Mango Office on this machine: commands, signed events, statistics, recordings and a player of calls. Start at
 * {@link io.cordboard.testkit.mango.MangoSandbox}.
 */
@NullMarked
package io.cordboard.testkit.mango;

import org.jspecify.annotations.NullMarked;
