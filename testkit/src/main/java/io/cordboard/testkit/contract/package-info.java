// SPDX-License-Identifier: Apache-2.0
/**
 * What every connector promises, one interface of tests for each role; a connector's test implements it. Start at
 * {@link io.cordboard.testkit.contract.CallLogContract}.
 */
@NullMarked
package io.cordboard.testkit.contract;

import org.jspecify.annotations.NullMarked;
