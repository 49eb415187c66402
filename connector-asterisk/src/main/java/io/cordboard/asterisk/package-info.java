// SPDX-License-Identifier: Apache-2.0
/** Under construction. */
@NullMarked
package io.cordboard.asterisk;

import org.jspecify.annotations.NullMarked;
