// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.cordboard.server.config;

import org.jspecify.annotations.NullMarked;
