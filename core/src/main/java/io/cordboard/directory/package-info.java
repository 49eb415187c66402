// SPDX-License-Identifier: Apache-2.0
/** Whose number is this? Start at {@link io.cordboard.directory.Directory}. */
@NullMarked
package io.cordboard.directory;

import org.jspecify.annotations.NullMarked;
