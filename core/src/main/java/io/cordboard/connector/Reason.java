// SPDX-License-Identifier: Apache-2.0
package io.cordboard.connector;

/** Why a vendor did not do what was asked, as far as it matters for what to do next. */
public enum Reason {
    /** It could not be reached, or it failed: try again later. Nothing was done. */
    UNAVAILABLE(true),
    /** Too much was asked in too short a time: try again later. */
    RATE_LIMITED(true),
    /** The question was sent and the answer was lost: it may have been done. */
    UNCLEAR(true),
    /** The permission is gone and cannot be renewed without a person. */
    REAUTHORISE(true),
    /** The permission does not cover this. */
    FORBIDDEN(false),
    /** What was asked about is not there. */
    NOT_FOUND(false),
    /** The vendor understood and refused; asking again gives the same answer. */
    REFUSED(false);

    private final boolean retryable;

    Reason(boolean retryable) {
        this.retryable = retryable;
    }

    /** {@return whether trying again, later, may help} */
    public boolean retryable() {
        return retryable;
    }
}
