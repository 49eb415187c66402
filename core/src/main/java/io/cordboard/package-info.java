// SPDX-License-Identifier: Apache-2.0
/** Connects telephone systems to CRMs. Start at {@link io.cordboard.Cordboard}. */
@NullMarked
package io.cordboard;

import org.jspecify.annotations.NullMarked;
