// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.cordboard.call;

import org.jspecify.annotations.NullMarked;
