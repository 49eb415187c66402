// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The customer's number as the PBX wrote it, and what it was understood to be.
 *
 * <p>{@link #toString()} hides both. Immutable.
 *
 * @param raw the PBX's own text; empty when it gave none
 * @param number the number, or null when the customer hides it or the text is no telephone number
 */
public record Caller(String raw, @Nullable PhoneNumber number) {
    /** A customer about whom the PBX said nothing. */
    public static final Caller UNKNOWN = new Caller("", null);

    /**
     * {@return a caller whose number is not understood yet; the engine does that with the line's region}
     *
     * @param text the PBX's own text
     */
    public static Caller raw(String text) {
        return new Caller(text, null);
    }

    /** {@return the number, if there is one} */
    public Optional<PhoneNumber> phone() {
        return Optional.ofNullable(number);
    }

    @Override
    public String toString() {
        return number == null ? (raw.isEmpty() ? "unknown" : "not a number") : number.toString();
    }
}
