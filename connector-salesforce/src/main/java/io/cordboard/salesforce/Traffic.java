// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.http.AccountBudget;

/**
 * What an account may ask: now, and in a day. Immutable.
 *
 * @param budget whose turn it is
 * @param day how much is left
 */
record Traffic(AccountBudget budget, DailyBudget day) {}
