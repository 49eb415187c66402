// SPDX-License-Identifier: Apache-2.0
/** Where do calls go? The roles that a CRM connector plays; start at {@link io.cordboard.crm.CallLog}. */
@NullMarked
package io.cordboard.crm;

import org.jspecify.annotations.NullMarked;
