// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.Finding;
import io.cordboard.connector.StoreException;
import io.cordboard.directory.SyncProgress;
import io.cordboard.directory.SyncReport;
import io.cordboard.server.config.ServerConfig;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What commands do with a store: by opening it, or, when a server has it open, by asking that server. */
public interface Access {
    /**
     * {@return whose number it is, as the API writes it}
     *
     * @param number the number as a person wrote it
     */
    JsonNode lookup(String number);

    /**
     * {@return deliveries, newest first, as the API writes them}
     *
     * @param state pending, parked or done, or null for all
     */
    JsonNode deliveries(@Nullable String state);

    /** {@return what waits and what is parked, with its content, as the API writes it} */
    JsonNode export();

    /**
     * Has a delivery tried now.
     *
     * @param id its id
     * @return 1
     * @throws InputException when there is no such delivery, or it is done
     */
    long retry(long id);

    /**
     * Has every parked delivery tried now.
     *
     * @return how many there were
     */
    long retryAll();

    /**
     * Reads all contacts of a CRM.
     *
     * @param account its id
     * @param progress is told how it goes on, if that is known
     * @return what was done
     */
    SyncReport sync(String account, SyncProgress progress);

    /** {@return what the vendors say about each account, by its id} */
    Map<String, List<Finding>> check();

    /** {@return what vendors call, by the account's id} */
    Map<String, URI> hookUrls();

    /** {@return how the store is reached, one sentence} */
    String how();

    /**
     * {@return what something comes to that is done with a store}
     *
     * @param config whose store
     * @param clock the time
     * @param something what to do
     * @param <T> what it comes to
     * @throws InputException when the store cannot be opened and no server answers for it either
     */
    static <T> T use(ServerConfig config, Clock clock, Function<Access, T> something) {
        try (OpenStore open = OpenStore.of(config, clock)) {
            return something.apply(open);
        } catch (StoreException e) {
            return something.apply(ServerClient.of(config, e));
        }
    }
}
