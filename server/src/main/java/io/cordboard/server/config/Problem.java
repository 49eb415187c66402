// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.config;

/**
 * One mistake in a configuration. Immutable.
 *
 * @param file the file as the user named it
 * @param line its line, from 1, or 0 when it is about the whole file
 * @param message the key, what was found and what is allowed; never the value of a secret
 */
public record Problem(String file, int line, String message) {
    /** {@return the place, such as {@code cordboard.yaml:12}} */
    public String where() {
        return line > 0 ? file + ":" + line : file;
    }

    @Override
    public String toString() {
        return where() + ": " + message;
    }
}
