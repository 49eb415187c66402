// SPDX-License-Identifier: Apache-2.0
/** Who answers? Start at {@link io.cordboard.agent.Agent}. */
@NullMarked
package io.cordboard.agent;

import org.jspecify.annotations.NullMarked;
