// SPDX-License-Identifier: Apache-2.0
/**
 * What the configuration file says, and everything that is wrong with it. Start at
 * {@link io.cordboard.server.config.ConfigFile}.
 */
@NullMarked
package io.cordboard.server.config;

import org.jspecify.annotations.NullMarked;
