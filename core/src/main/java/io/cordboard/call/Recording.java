// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import org.jspecify.annotations.Nullable;

/**
 * Where a call's recording can be asked for; the file itself may not exist yet. Immutable.
 *
 * @param name the PBX's name or id of the recording; what its {@code Recordings} role understands
 * @param leg the id of the leg that was recorded, or null for the whole call
 */
public record Recording(String name, @Nullable String leg) {
    /** Checks that there is a name. */
    public Recording {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a recording needs a name");
        }
    }
}
