// SPDX-License-Identifier: Apache-2.0
/**
 * What other programs and browsers see: the HTTP API, webhooks and the agent desk. Start at
 * {@link io.cordboard.server.web.WebServer}.
 */
@NullMarked
package io.cordboard.server.web;

import org.jspecify.annotations.NullMarked;
