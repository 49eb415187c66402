// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.cordboard.delivery;

import org.jspecify.annotations.NullMarked;
