// SPDX-License-Identifier: Apache-2.0
/** Where does it live? Start at {@link io.cordboard.store.Store}. */
@NullMarked
package io.cordboard.store;

import org.jspecify.annotations.NullMarked;
