// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

/** Somebody who works, or worked, in the account. Immutable. */
record User(int id, String name, String email, boolean admin, boolean active) {}
