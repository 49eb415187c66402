// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.cordboard.connector;

import org.jspecify.annotations.NullMarked;
