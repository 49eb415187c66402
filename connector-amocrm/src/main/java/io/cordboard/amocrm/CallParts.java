// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import java.util.Optional;

/**
 * What every role that writes about calls needs. Immutable.
 *
 * @param account the account's id in the configuration
 * @param api sends requests
 * @param bulk sends many writes in a request
 * @param journal what the account is known to hold
 * @param echoes what this program itself changed
 * @param responsible who has what nobody else has
 */
record CallParts(
        String account, AmoApi api, Bulk bulk, Journal journal, Echoes echoes, Optional<String> responsible) {}
