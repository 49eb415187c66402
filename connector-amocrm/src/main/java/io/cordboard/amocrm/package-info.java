// SPDX-License-Identifier: Apache-2.0
/**
 * amoCRM and Kommo as a CRM, through API v4.
 *
 * <p>Start at {@link io.cordboard.amocrm.AmoCrm#create}.
 */
@NullMarked
package io.cordboard.amocrm;

import org.jspecify.annotations.NullMarked;
