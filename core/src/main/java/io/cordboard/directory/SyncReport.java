// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a full sync did. Immutable.
 *
 * @param account the CRM's id
 * @param contacts how many contacts the CRM has
 * @param numbers how many numbers they have
 * @param removed how many contacts the directory held that the CRM no longer has
 * @param took how long it took
 * @param warning what a person should look at, one sentence, or null
 */
public record SyncReport(
        String account,
        long contacts,
        long numbers,
        long removed,
        Duration took,
        @Nullable String warning) {
    /**
     * Creates a report without a warning.
     *
     * @param account the CRM's id
     * @param contacts how many contacts the CRM has
     * @param numbers how many numbers they have
     * @param removed how many contacts the directory held that the CRM no longer has
     * @param took how long it took
     */
    public SyncReport(String account, long contacts, long numbers, long removed, Duration took) {
        this(account, contacts, numbers, removed, took, null);
    }
}
