// SPDX-License-Identifier: Apache-2.0
/** Runs every example. */
@NullMarked
package io.cordboard.examples;

import org.jspecify.annotations.NullMarked;
