// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import java.time.Instant;

/**
 * One pair of OAuth tokens. {@link #toString()} hides them. Immutable.
 *
 * @param access what requests carry
 * @param refresh what renews the pair; empty when there is none
 * @param expiresAt when the access token ends
 * @param endpoint where the vendor wants requests from now on; empty when it did not say
 */
public record Tokens(String access, String refresh, Instant expiresAt, String endpoint) {
    @Override
    public String toString() {
        return "Tokens[until " + expiresAt + "]";
    }
}
