// SPDX-License-Identifier: Apache-2.0
/** Recorded sessions of a real Asterisk, through the server's own configuration and its API. */
@NullMarked
package io.cordboard.server.replay;

import org.jspecify.annotations.NullMarked;
