// SPDX-License-Identifier: Apache-2.0
/** Store, connectors, engine and web server, put together from a configuration. */
@NullMarked
package io.cordboard.server.run;

import org.jspecify.annotations.NullMarked;
