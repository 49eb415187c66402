// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import io.cordboard.connector.Connector;
import io.cordboard.connector.Memory;
import io.cordboard.crm.ContactChanges;
import io.cordboard.crm.ContactSearch;
import io.cordboard.crm.ContactSource;
import org.jspecify.annotations.Nullable;

/** One CRM as the directory sees it; a role that it does not play is null. Immutable. */
record DirectoryAccount(
        String id,
        String region,
        Memory memory,
        @Nullable ContactSource source,
        @Nullable ContactSearch search,
        @Nullable ContactChanges changes) {

    static DirectoryAccount of(Connector crm, String region, Memory memory) {
        return new DirectoryAccount(
                crm.account(),
                region,
                memory,
                crm.role(ContactSource.class).orElse(null),
                crm.role(ContactSearch.class).orElse(null),
                crm.role(ContactChanges.class).orElse(null));
    }
}
