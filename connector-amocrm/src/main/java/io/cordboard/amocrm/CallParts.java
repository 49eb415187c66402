// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import java.time.Clock;
import java.util.Optional;

/**
 * What every role that writes about calls needs. Immutable.
 *
 * @param account the account's id in the configuration
 * @param api sends requests
 * @param bulk sends many writes in a request
 * @param journal what the account is known to hold
 * @param echoes what this program itself changed
 * @param clock the time
 * @param responsible who has what nobody else has
 */
record CallParts(
        String account,
        AmoApi api,
        Bulk bulk,
        Journal journal,
        Echoes echoes,
        Clock clock,
        Optional<String> responsible) {}
