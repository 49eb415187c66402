// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.cordboard.pbx;

import org.jspecify.annotations.NullMarked;
