// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import io.cordboard.server.config.DeskConfig;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the server tells about itself. Immutable.
 *
 * @param version the program's version
 * @param store the folder of its store, absolute
 * @param accounts every account
 * @param hookSecrets the secret part of each account's webhook URL, by the account's id
 * @param hookUrls what vendors call, by the account's id
 * @param desk what agents choose from
 */
public record About(
        String version,
        String store,
        List<Account> accounts,
        Map<String, String> hookSecrets,
        Supplier<Map<String, URI>> hookUrls,
        DeskConfig desk) {
    /** Copies the collections. */
    public About {
        accounts = List.copyOf(accounts);
        hookSecrets = Map.copyOf(hookSecrets);
    }

    @Override
    public String toString() {
        return "Cordboard " + version;
    }

    /**
     * One account. Immutable.
     *
     * @param id its id
     * @param vendor its vendor
     * @param kind {@code pbx} or {@code crm}
     */
    public record Account(String id, String vendor, String kind) {}
}
