// SPDX-License-Identifier: Apache-2.0
/** Tests of the directory. */
@NullMarked
package io.cordboard.directory;

import org.jspecify.annotations.NullMarked;
