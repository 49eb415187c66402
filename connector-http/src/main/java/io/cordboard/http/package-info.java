// SPDX-License-Identifier: Apache-2.0
/** Under construction. */
@NullMarked
package io.cordboard.http;

import org.jspecify.annotations.NullMarked;
