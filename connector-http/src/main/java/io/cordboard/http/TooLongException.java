// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import java.io.IOException;

/** An answer is longer than a connector takes. */
final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLongException(long limit) {
        super("the answer is longer than " + limit + " bytes");
    }
}
