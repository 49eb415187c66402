// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that cannot be answered as asked; becomes {@code {"error": message, "fix": fix}}. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String fix;

    /**
     * Creates an exception.
     *
     * @param status the HTTP status
     * @param message what is wrong
     * @param fix what to do, or null when the message says it
     */
    ApiException(int status, String message, @Nullable String fix) {
        super(message);
        this.status = status;
        this.fix = fix;
    }

    static ApiException badRequest(String message) {
        return new ApiException(400, message, null);
    }

    static ApiException notFound(String message, String fix) {
        return new ApiException(404, message, fix);
    }

    int status() {
        return status;
    }

    Optional<String> fix() {
        return Optional.ofNullable(fix);
    }
}
