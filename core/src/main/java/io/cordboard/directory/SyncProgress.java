// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

/** Is told how far a full sync is, after every page and on the thread that syncs. */
@FunctionalInterface
public interface SyncProgress {
    /**
     * A page was read.
     *
     * @param contacts how many contacts were read so far
     * @param total how many there are, or -1 when the CRM does not say
     */
    void read(long contacts, int total);
}
