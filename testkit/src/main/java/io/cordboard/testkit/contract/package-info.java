// SPDX-License-Identifier: Apache-2.0
/**
 * What every connector has to do, one interface of tests a role: a connector's test class implements those of the roles
 * it plays.
 *
 * <p>The tests talk to the vendor's sandbox through {@code CrmUnderTest} or {@code PbxUnderTest}, in the field's words.
 */
@NullMarked
package io.cordboard.testkit.contract;

import org.jspecify.annotations.NullMarked;
