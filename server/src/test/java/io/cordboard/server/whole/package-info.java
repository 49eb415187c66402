// SPDX-License-Identifier: Apache-2.0
/** The whole program as a process: every kind of call once, and kills at random moments. */
@NullMarked
package io.cordboard.server.whole;

import org.jspecify.annotations.NullMarked;
