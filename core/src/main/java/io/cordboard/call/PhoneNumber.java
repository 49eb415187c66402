// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import java.util.regex.Pattern;

/**
 * A telephone number in E.164, with an extension if one was given.
 *
 * <p>Equal numbers are equal objects; matching is always on the whole number. {@link #toString()} hides the number,
 * because it may reach a log; {@link #e164()} does not. Immutable.
 *
 * @param e164 {@code +} and 3 to 15 digits
 * @param extension the digits behind the number that reach one person in a company, or empty; at most 11
 */
public record PhoneNumber(String e164, String extension) {
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{2,14}");
    private static final Pattern EXTENSION = Pattern.compile("[0-9*#]{0,11}");

    /** Checks the shape of both parts. */
    public PhoneNumber {
        if (!E164.matcher(e164).matches()) {
            throw new IllegalArgumentException("not an E.164 number: \"" + e164 + "\"");
        }
        if (!EXTENSION.matcher(extension).matches()) {
            throw new IllegalArgumentException("not an extension: \"" + extension + "\"");
        }
    }

    /**
     * {@return a number without an extension}
     *
     * @param e164 {@code +} and 3 to 15 digits
     */
    public static PhoneNumber of(String e164) {
        return new PhoneNumber(e164, "");
    }

    /** {@return the same number without its extension, which is what is matched} */
    public PhoneNumber main() {
        return extension.isEmpty() ? this : of(e164);
    }

    /** {@return the number's digits without {@code +}; the number as a {@code long} always fits} */
    public String digits() {
        return e164.substring(1);
    }

    /** {@return the number with all but its last two digits hidden, which is how it may be logged} */
    @Override
    public String toString() {
        return "+***" + e164.substring(e164.length() - 2);
    }
}
