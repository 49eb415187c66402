// SPDX-License-Identifier: Apache-2.0
/** An amoCRM account on this machine. Start at {@link io.cordboard.testkit.amocrm.AmoCrmSandbox}. */
@NullMarked
package io.cordboard.testkit.amocrm;

import org.jspecify.annotations.NullMarked;
