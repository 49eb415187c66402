// SPDX-License-Identifier: Apache-2.0
/**
 * Bitrix24 as a CRM: call records, cards on screens, contacts, tickets, recordings, clicks on numbers.
 *
 * <p>Start at {@link io.cordboard.bitrix24.Bitrix24}; its roles are handed out by {@code Connector.role}.
 */
@NullMarked
package io.cordboard.bitrix24;

import org.jspecify.annotations.NullMarked;
