// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import java.io.IOException;

/** Not one byte of the request left this machine. */
final class NotSentException extends IOException {
    private static final long serialVersionUID = 1L;

    NotSentException(IOException cause) {
        super(cause);
    }
}
