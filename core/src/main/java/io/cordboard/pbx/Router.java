// SPDX-License-Identifier: Apache-2.0
package io.cordboard.pbx;

import io.cordboard.call.Extension;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides where a call goes, from memory alone, within a millisecond. Safe for use by many threads. */
@FunctionalInterface
public interface Router {
    /**
     * {@return where the call should go}
     *
     * @param question the call
     */
    Route route(Question question);

    /**
     * A call that looks for its way. Immutable.
     *
     * @param pbx the PBX's id
     * @param caller the caller's number as the PBX wrote it
     * @param line the number that was dialled, or null
     */
    record Question(String pbx, String caller, @Nullable String line) {}

    /**
     * Where a call should go. Immutable.
     *
     * @param callerName what the agents' phones should show, or null for what they would show anyway
     * @param extension the responsible agent's extension in this PBX, or null for the PBX's own way
     */
    record Route(@Nullable String callerName, @Nullable Extension extension) {
        /** The PBX's own way. */
        public static final Route DEFAULT = new Route(null, null);

        /** {@return the extension, if there is one} */
        public Optional<Extension> target() {
            return Optional.ofNullable(extension);
        }
    }
}
