// SPDX-License-Identifier: Apache-2.0
/**
 * Sandboxes that speak the vendors' wire formats, for tests and for trying things out. Start at
 * {@link io.cordboard.testkit.Sandboxes}.
 */
@NullMarked
package io.cordboard.testkit;

import org.jspecify.annotations.NullMarked;
