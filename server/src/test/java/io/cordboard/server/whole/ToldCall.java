// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.whole;

/**
 * A call as it was told, and what of it was acknowledged; {@link #toString()} hides the number.
 *
 * @param id the PBX's id
 * @param number the caller's number
 * @param known whether the CRM knew the caller from the beginning
 * @param extension the agent whose phone rang
 * @param answered whether the agent answered
 * @param ended whether the webhook of its end was acknowledged
 * @param recording whether a recording was announced
 * @param whole whether every webhook of it was acknowledged, in its order
 */
record ToldCall(
        String id,
        String number,
        boolean known,
        String extension,
        boolean answered,
        boolean ended,
        Announced recording,
        boolean whole) {
    /** A webhook that was not acknowledged may have been taken all the same. */
    enum Announced {
        NO,
        UNACKNOWLEDGED,
        ACKNOWLEDGED
    }

    boolean isRecorded() {
        return recording == Announced.ACKNOWLEDGED;
    }

    /** What an answered call lasts. */
    static final int SECONDS = 42;

    @Override
    public String toString() {
        return id + " to " + extension + (answered ? " answered" : " missed") + (ended ? " ended" : "")
                + (isRecorded() ? " recorded" : "") + (whole ? " whole" : "") + (known ? " known" : "");
    }
}
