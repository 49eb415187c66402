// SPDX-License-Identifier: Apache-2.0
/** What PBX and CRM connectors share. Start at {@link io.cordboard.connector.Connector}. */
@NullMarked
package io.cordboard.connector;

import org.jspecify.annotations.NullMarked;
