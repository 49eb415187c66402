// SPDX-License-Identifier: Apache-2.0
/** What every connector has to pass, one interface of tests for the roles that it plays. */
@NullMarked
package io.cordboard.testkit.contract;

import org.jspecify.annotations.NullMarked;
