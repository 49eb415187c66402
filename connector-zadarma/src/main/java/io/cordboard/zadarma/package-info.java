// SPDX-License-Identifier: Apache-2.0
/**
 * Calls from the Zadarma cloud PBX: webhooks with an answer, and its REST API. Start at
 * {@link io.cordboard.zadarma.Zadarma}.
 */
@NullMarked
package io.cordboard.zadarma;

import org.jspecify.annotations.NullMarked;
