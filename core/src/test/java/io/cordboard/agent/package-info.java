// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.cordboard.agent;

import org.jspecify.annotations.NullMarked;
