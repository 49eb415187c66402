// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.cordboard.architecture;

import org.jspecify.annotations.NullMarked;
