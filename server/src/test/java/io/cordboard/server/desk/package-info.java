// SPDX-License-Identifier: Apache-2.0
/** The agent desk, looked at with a real browser. */
@NullMarked
package io.cordboard.server.desk;

import org.jspecify.annotations.NullMarked;
