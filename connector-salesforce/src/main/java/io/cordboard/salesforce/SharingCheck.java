// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Finding;
import io.cordboard.http.Priority;
import io.cordboard.salesforce.SalesforceApi.Row;
import java.util.List;
import java.util.Optional;

/**
 * Whether the app's user still sees, and may change, the tasks and cases that were given to agents: the organisation's
 * sharing decides, and no description of its objects tells.
 */
final class SharingCheck {
    private static final int MOST = 50;

    private final Parts parts;
    private final String where;

    SharingCheck(Parts parts, String where) {
        this.parts = parts;
        this.where = where;
    }

    List<Finding> findings(String user) {
        Optional<Finding> tasks = finding(
                user,
                "tasks",
                parts.journal().lastTasks(MOST),
                "put the user's role above the agents', or give it Modify All Data: see Sharing in the connector's"
                        + " page");
        Optional<Finding> cases = finding(
                user,
                "cases",
                parts.journal().lastCases(MOST),
                "give the user View All and Modify All on Case: the permission set Cordboard has them");
        return List.of(tasks, cases).stream().flatMap(Optional::stream).toList();
    }

    private Optional<Finding> finding(String user, String what, List<String> ids, String advice) {
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        List<Row> rows;
        try {
            rows = parts.api()
                    .everyRow(
                            Priority.SYNC,
                            "SELECT RecordId, HasReadAccess, HasEditAccess FROM UserRecordAccess WHERE UserId = "
                                    + Soql.text(user) + " AND RecordId IN " + Soql.in(ids));
        } catch (ConnectorException e) {
            if (e.reason().retryable()) {
                throw e;
            }
            return Optional.empty();
        }
        long seen = count(rows, "HasReadAccess");
        long changed = count(rows, "HasEditAccess");
        // People remove some of them, so a few that nobody sees are no fault of the sharing.
        if (changed == seen && seen * 2 >= ids.size()) {
            return Optional.of(Finding.ok("the last " + what + " can be seen and changed", where));
        }
        return Optional.of(Finding.warn(
                "of the last " + ids.size() + " " + what + " this user sees " + seen + " and may change " + changed
                        + ": notes, corrections and escalations of the others are parked",
                where,
                advice));
    }

    private static long count(List<Row> rows, String field) {
        return rows.stream().filter(row -> row.text(field).equals("true")).count();
    }
}
