// SPDX-License-Identifier: Apache-2.0
/** Where do calls come from? The roles that a PBX connector plays; start at {@link io.cordboard.pbx.CallSource}. */
@NullMarked
package io.cordboard.pbx;

import org.jspecify.annotations.NullMarked;
