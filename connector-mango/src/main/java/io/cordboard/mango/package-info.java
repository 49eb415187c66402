// SPDX-License-Identifier: Apache-2.0
/**
 * Calls from the Mango Office cloud PBX: signed events, commands, statistics and recordings. Start at
 * {@link io.cordboard.mango.Mango}.
 */
@NullMarked
package io.cordboard.mango;

import org.jspecify.annotations.NullMarked;
