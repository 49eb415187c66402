// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import java.util.Optional;

/**
 * What everything that writes calls shares. Immutable.
 *
 * @param account the account's id
 * @param api sends commands
 * @param telephony the words for calls
 * @param journal what the portal is known to hold
 * @param claims who registers a call
 * @param responsible the user who gets what has nobody
 */
record CallParts(
        String account,
        Bitrix24Api api,
        Telephony telephony,
        Journal journal,
        Claims claims,
        Optional<String> responsible) {}
