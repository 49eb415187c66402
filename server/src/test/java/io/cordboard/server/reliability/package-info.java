// SPDX-License-Identifier: Apache-2.0
/** The server as a process that is killed. */
@NullMarked
package io.cordboard.server.reliability;

import org.jspecify.annotations.NullMarked;
