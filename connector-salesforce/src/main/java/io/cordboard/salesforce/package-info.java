// SPDX-License-Identifier: Apache-2.0
/** Salesforce. Start at {@link io.cordboard.salesforce.Salesforce}. */
@NullMarked
package io.cordboard.salesforce;

import org.jspecify.annotations.NullMarked;
