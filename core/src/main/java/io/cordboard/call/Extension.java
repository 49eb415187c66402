// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import java.util.regex.Pattern;

/**
 * A short number inside one PBX, such as {@code 101}.
 *
 * <p>Not a {@link PhoneNumber}: it means nothing outside its PBX. Immutable.
 *
 * @param number 1 to 20 letters, digits, {@code *}, {@code #}, {@code _}, {@code .} or {@code -}
 */
public record Extension(String number) implements Comparable<Extension> {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9*#_.\\-]{1,20}");

    /** Checks the shape. */
    public Extension {
        if (!SHAPE.matcher(number).matches()) {
            throw new IllegalArgumentException("not an extension: \"" + number + "\"");
        }
    }

    @Override
    public int compareTo(Extension other) {
        return number.compareTo(other.number);
    }

    @Override
    public String toString() {
        return number;
    }
}
