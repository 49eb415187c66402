// SPDX-License-Identifier: Apache-2.0
/** Sandboxes, seeded contacts and calls that play by themselves. */
@NullMarked
package io.cordboard.server.demo;

import org.jspecify.annotations.NullMarked;
