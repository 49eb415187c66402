// SPDX-License-Identifier: Apache-2.0
<<<<<<< HEAD
/**
 * An Asterisk on this machine that replays recorded sessions of a real one. Start at
 * {@link io.cordboard.testkit.asterisk.AsteriskSandbox}.
 */
=======
/** An Asterisk on this machine that replays recorded sessions of a real one. Start at {@code AsteriskSandbox}. */
>>>>>>> server
@NullMarked
package io.cordboard.testkit.asterisk;

import org.jspecify.annotations.NullMarked;
