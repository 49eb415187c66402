// SPDX-License-Identifier: Apache-2.0
package io.cordboard.crm;

/**
 * One try to deliver one write. Immutable.
 *
 * @param write what to write
 * @param key the idempotency key: the same for every attempt of one write, unique within the account; the vendor can be
 *     asked for it
 * @param number 1 for the first attempt, one more after each failure; a wait that the CRM asked for is none
 * @param lookFirst whether an earlier attempt may have been done: look before writing
 * @param <W> the kind of write
 */
public record Attempt<W extends CrmWrite>(W write, String key, int number, boolean lookFirst) {}
