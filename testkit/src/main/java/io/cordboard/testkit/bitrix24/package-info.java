// SPDX-License-Identifier: Apache-2.0
/** A Bitrix24 portal on this machine. Start at {@link io.cordboard.testkit.bitrix24.Bitrix24Sandbox}. */
@NullMarked
package io.cordboard.testkit.bitrix24;

import org.jspecify.annotations.NullMarked;
