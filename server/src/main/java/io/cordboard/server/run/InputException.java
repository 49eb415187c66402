// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.run;

import org.jspecify.annotations.Nullable;

/** What was asked for cannot be done as it was asked; the message is one line that says what to change. */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message one line
     * @param cause what went wrong below, or null
     */
    public InputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
