// SPDX-License-Identifier: Apache-2.0
/** Under construction. */
@NullMarked
package io.cordboard.bitrix24;

import org.jspecify.annotations.NullMarked;
