// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import io.cordboard.call.Extension;
import io.cordboard.call.PhoneNumber;

/** What a text in a number field turned out to be. */
public sealed interface Reading {
    /**
     * A telephone number. Immutable.
     *
     * @param number the number
     */
    record Phone(PhoneNumber number) implements Reading {}

    /**
     * A short number inside the PBX. Immutable.
     *
     * @param extension the short number
     */
    record Internal(Extension extension) implements Reading {}

    /** The caller hides the number, or the PBX gave none. Immutable. */
    record Hidden() implements Reading {}

    /**
     * Something else. Immutable.
     *
     * @param why one sentence without the text itself
     */
    record Unreadable(String why) implements Reading {}
}
