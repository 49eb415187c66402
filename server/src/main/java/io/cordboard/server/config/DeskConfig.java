// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.config;

import java.util.List;

/**
 * The section {@code desk}: what agents choose from. Immutable.
 *
 * @param dispositions the outcomes of a call; empty for the desk's own
 * @param departments to whom a ticket can be handed
 */
public record DeskConfig(List<String> dispositions, List<String> departments) {
    /** Copies the lists. */
    public DeskConfig {
        dispositions = List.copyOf(dispositions);
        departments = List.copyOf(departments);
    }
}
