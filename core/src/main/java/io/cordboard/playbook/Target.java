// SPDX-License-Identifier: Apache-2.0
package io.cordboard.playbook;

import io.cordboard.crm.CrmWrite;
import java.util.Set;

/**
 * A CRM account as far as a plan needs it. Immutable.
 *
 * @param account the CRM's id
 * @param takes the kinds of writes that it can take
 */
public record Target(String account, Set<Class<? extends CrmWrite>> takes) {
    /** Copies the set. */
    public Target {
        takes = Set.copyOf(takes);
    }

    boolean takes(Class<? extends CrmWrite> kind) {
        return takes.contains(kind);
    }
}
