// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.cordboard.testkit.mango;

import org.jspecify.annotations.NullMarked;
