// SPDX-License-Identifier: Apache-2.0
/**
 * What is happening on the line? Start at {@link io.cordboard.call.Call}; {@link io.cordboard.call.CallTracker} makes
 * it from {@link io.cordboard.call.CallEvent}s.
 */
@NullMarked
package io.cordboard.call;

import org.jspecify.annotations.NullMarked;
