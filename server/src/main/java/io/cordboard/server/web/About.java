// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import java.util.Map;

/**
 * What the server tells about itself. Immutable.
 *
 * @param version the program's version
 * @param store the folder of its store, absolute
 * @param kinds {@code pbx} or {@code crm} by the account's id
 * @param hookSecrets the secret part of each account's webhook URL
 */
public record About(String version, String store, Map<String, String> kinds, Map<String, String> hookSecrets) {
    /** Copies the maps. */
    public About {
        kinds = Map.copyOf(kinds);
        hookSecrets = Map.copyOf(hookSecrets);
    }

    @Override
    public String toString() {
        return "Cordboard " + version;
    }
}
