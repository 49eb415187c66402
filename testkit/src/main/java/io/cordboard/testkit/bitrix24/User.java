// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import org.jspecify.annotations.Nullable;

/** An employee of the portal. */
record User(int id, String name, String lastName, @Nullable String inner, boolean active, String workDay) {
    User withWorkDay(String day) {
        return new User(id, name, lastName, inner, active, day);
    }

    String fullName() {
        return (name + " " + lastName).strip();
    }
}
