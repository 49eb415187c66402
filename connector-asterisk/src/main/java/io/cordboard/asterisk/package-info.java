// SPDX-License-Identifier: Apache-2.0
/** Asterisk: calls and agents through AMI, routing through FastAGI. Start at {@code Asterisk}. */
@NullMarked
package io.cordboard.asterisk;

import org.jspecify.annotations.NullMarked;
