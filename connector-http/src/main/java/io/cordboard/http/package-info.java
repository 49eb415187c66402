// SPDX-License-Identifier: Apache-2.0
/**
 * For authors of HTTP connectors, stable: the client, the account's budget, tokens and status codes, assembled once.
 *
 * <p>Start at {@link io.cordboard.http.VendorHttp}. Retrofit, OkHttp and Jackson types appear here because connectors
 * are written with them; a connector's own public API shows none of them.
 */
@NullMarked
package io.cordboard.http;

import org.jspecify.annotations.NullMarked;
