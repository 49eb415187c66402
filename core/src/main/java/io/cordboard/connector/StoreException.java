// SPDX-License-Identifier: Apache-2.0
package io.cordboard.connector;

import org.jspecify.annotations.Nullable;

/** The store cannot do its work; the message says what to change, in one sentence. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what is wrong and what to change
     * @param cause what went wrong below, or null
     */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
