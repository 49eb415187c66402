// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.util.Set;

/** What the app's user may see and change of tasks and cases that others own, as the switch {@code sharing} says. */
final class Sharing {
    private static final Set<String> SHARED = Set.of("Task", "Case");
    private static final String ACCESS = "UserRecordAccess";

    private final Org org;

    Sharing(Org org) {
        this.org = org;
    }

    boolean visible(Row row) {
        return own(row) || !org.switches().text("sharing").equals("private");
    }

    boolean editable(Row row) {
        return own(row) || org.switches().text("sharing").equals("public");
    }

    private static boolean own(Row row) {
        return !SHARED.contains(row.type().name())
                || Ids.key(row.text("OwnerId")).equals(Org.INTEGRATION_USER);
    }

    /** Nobody writes these records: they are worked out when somebody asks. */
    void describe(ObjectType wanted) {
        if (!wanted.name().equals(ACCESS)) {
            return;
        }
        org.table(wanted).clear();
        for (String object : SHARED) {
            for (Row row : org.rows(object)) {
                Row access = org.add(wanted, Org.INTEGRATION_USER);
                access.put("UserId", Ids.full(Org.INTEGRATION_USER));
                access.put("RecordId", row.id());
                access.put("HasReadAccess", Boolean.toString(visible(row)));
                access.put("HasEditAccess", Boolean.toString(editable(row)));
            }
        }
    }
}
