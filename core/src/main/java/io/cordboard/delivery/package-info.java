// SPDX-License-Identifier: Apache-2.0
/** Did it get there? Start at {@link io.cordboard.delivery.Courier}. */
@NullMarked
package io.cordboard.delivery;

import org.jspecify.annotations.NullMarked;
