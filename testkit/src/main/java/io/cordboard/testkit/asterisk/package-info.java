// SPDX-License-Identifier: Apache-2.0
/**
 * An Asterisk on this machine that replays recorded sessions of a real one. Start at
 * {@link io.cordboard.testkit.asterisk.AsteriskSandbox}.
 */
@NullMarked
package io.cordboard.testkit.asterisk;

import org.jspecify.annotations.NullMarked;
