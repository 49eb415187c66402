// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.cordboard.store;

import org.jspecify.annotations.NullMarked;
