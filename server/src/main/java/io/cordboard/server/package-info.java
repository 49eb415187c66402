// SPDX-License-Identifier: Apache-2.0
/** The program that people run: its command line. */
@NullMarked
package io.cordboard.server;

import org.jspecify.annotations.NullMarked;
