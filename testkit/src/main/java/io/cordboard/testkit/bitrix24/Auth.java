// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

/** Who asks: an incoming webhook or an application, acting as a user. */
record Auth(String credential, int user, boolean application) {
    void needsApplication() {
        if (!application) {
            throw new RestError(403, "WRONG_AUTH_TYPE", "Current authorization type is denied for this method");
        }
    }
}
