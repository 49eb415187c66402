// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import org.jspecify.annotations.Nullable;

/**
 * A customer of a demo. {@link #toString()} hides the number. Immutable.
 *
 * @param number in E.164, or {@code anonymous}
 * @param contact the id of the contact in the CRM's sandbox, or null for a stranger
 * @param owner the CRM's user who owns the contact, or null for a stranger
 */
record Person(
        String number, @Nullable String contact, @Nullable String owner) {
    @Override
    public String toString() {
        return contact == null ? "a stranger" : "contact " + contact;
    }
}
