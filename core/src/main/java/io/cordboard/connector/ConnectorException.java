// SPDX-License-Identifier: Apache-2.0
package io.cordboard.connector;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A vendor did not do what was asked. The message says who and what in one sentence, never a secret and never a number.
 */
public final class ConnectorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient @Nullable Duration retryAfter;

    /**
     * Creates an exception.
     *
     * @param reason what it means for what to do next
     * @param message who and what, one sentence
     */
    public ConnectorException(Reason reason, String message) {
        this(reason, message, null, null);
    }

    /**
     * Creates an exception with its cause and the vendor's own advice.
     *
     * @param reason what it means for what to do next
     * @param message who and what, one sentence
     * @param retryAfter how long the vendor asks to wait, or null
     * @param cause what went wrong below, or null
     */
    public ConnectorException(Reason reason, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** {@return what it means for what to do next} */
    public Reason reason() {
        return reason;
    }

    /** {@return how long the vendor asks to wait} */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
