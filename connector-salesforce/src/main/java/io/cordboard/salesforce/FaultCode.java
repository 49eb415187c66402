// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.connector.ConnectorException;
import java.util.Optional;

/** The organisation's own code of what went wrong with a whole request; the cause of a {@link ConnectorException}. */
final class FaultCode extends Exception {
    private static final long serialVersionUID = 1L;

    /** An answer came and could not be understood. */
    static final String UNREADABLE = "UNREADABLE";

    /** Whoever answered is no organisation: nothing was done. */
    static final String NOBODY = "NOBODY";

    private final String code;

    FaultCode(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** {@return the code of a failure, such as {@code INVALID_FIELD}, or empty} */
    static String of(ConnectorException failure) {
        return Optional.ofNullable(failure.getCause())
                .filter(FaultCode.class::isInstance)
                .map(cause -> ((FaultCode) cause).code)
                .orElse("");
    }
}
