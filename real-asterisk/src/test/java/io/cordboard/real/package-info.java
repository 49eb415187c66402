// SPDX-License-Identifier: Apache-2.0
/** Real SIP calls through a real Asterisk and the running server. */
@NullMarked
package io.cordboard.real;

import org.jspecify.annotations.NullMarked;
