// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

/** The server cannot listen where it should; the message names the key and the address. */
public final class PortTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortTakenException(String message, Throwable cause) {
        super(message, cause);
    }
}
