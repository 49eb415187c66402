// SPDX-License-Identifier: Apache-2.0
/**
 * Zadarma on this machine: REST API, signed webhooks and a player of calls. Start at
 * {@link io.cordboard.testkit.zadarma.ZadarmaSandbox}.
 */
@NullMarked
package io.cordboard.testkit.zadarma;

import org.jspecify.annotations.NullMarked;
