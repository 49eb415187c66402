// SPDX-License-Identifier: Apache-2.0
<<<<<<< HEAD
/**
 * What every connector promises, one interface of tests for each role; a connector's test implements it. Start at
 * {@link io.cordboard.testkit.contract.CallLogContract}.
 */
=======
/** What every connector has to pass, one interface of tests for the roles that it plays. */
>>>>>>> zadarma
@NullMarked
package io.cordboard.testkit.contract;

import org.jspecify.annotations.NullMarked;
