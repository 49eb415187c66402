// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import io.cordboard.connector.Memory;
import io.cordboard.connector.StoreException;
import io.cordboard.delivery.Outbox;
import io.cordboard.directory.ContactShelf;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Where everything that is acknowledged lives. Safe for use by many threads.
 *
 * <p>Every method may throw {@link StoreException} when the disk is full, the file is gone or another fault keeps it
 * from working; what was acknowledged before is not lost by that.
 */
public interface Store extends AutoCloseable {
    /**
     * Writes changes; they are on disk when this returns.
     *
     * @param changes what to write
     */
    void commit(Changes changes);

    /**
     * Writes changes soon, in the order of the calls to this method and {@link #commit}.
     *
     * @param changes what to write
     * @return done when they are on disk
     */
    CompletableFuture<Void> commitLater(Changes changes);

    /** {@return the calls} */
    CallShelf calls();

    /** {@return the deliveries} */
    Outbox outbox();

    /** {@return the contacts} */
    ContactShelf contacts();

    /** {@return what agents did when} */
    TurnShelf turns();

    /**
     * {@return what an account keeps for itself}
     *
     * @param account the account's id
     */
    Memory memory(String account);

    /**
     * Writes something small and takes it back.
     *
     * @throws StoreException if that fails
     */
    void verifyWritable();

    /**
     * Forgets calls that started before a moment and are settled, with their events and deliveries, unless something of
     * them is still on its way; and what agents did before it. Works in small steps; may take minutes.
     *
     * @param before the moment
     * @return how many calls were forgotten
     */
    int forget(Instant before);

    /** Finishes what was begun and closes the file. */
    @Override
    void close();
}
