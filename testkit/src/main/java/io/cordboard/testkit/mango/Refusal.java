// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

/** Mango takes a request for wrong, and says so by a number. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    Refusal(int code) {
        super("code " + code);
        this.code = code;
    }

    int code() {
        return code;
    }
}
