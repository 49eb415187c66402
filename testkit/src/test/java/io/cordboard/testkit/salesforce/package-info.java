// SPDX-License-Identifier: Apache-2.0
/** Tests of the Salesforce sandbox, by its vendor's own client and by plain HTTP. */
@NullMarked
package io.cordboard.testkit.salesforce;

import org.jspecify.annotations.NullMarked;
