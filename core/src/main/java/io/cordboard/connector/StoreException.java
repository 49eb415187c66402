// SPDX-License-Identifier: Apache-2.0
package io.cordboard.connector;

import org.jspecify.annotations.Nullable;

/** The store cannot do its work; the message says what to change, in one sentence. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean inUse;

    /**
     * Creates an exception.
     *
     * @param message what is wrong and what to change
     * @param cause what went wrong below, or null
     */
    public StoreException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private StoreException(String message, @Nullable Throwable cause, boolean inUse) {
        super(message, cause);
        this.inUse = inUse;
    }

    /**
     * {@return what is thrown when another process has the store open}
     *
     * @param message what is wrong and what to change
     * @param cause what went wrong below, or null
     */
    public static StoreException inUse(String message, @Nullable Throwable cause) {
        return new StoreException(message, cause, true);
    }

    /** {@return whether nothing is wrong with the store but that another process has it open} */
    public boolean isInUse() {
        return inUse;
    }
}
