// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.call.Extension;
import io.cordboard.connector.ConnectorException;
import io.cordboard.crm.AgentSource;
import io.cordboard.http.Priority;
import io.cordboard.salesforce.SalesforceApi.Row;
import io.cordboard.salesforce.SalesforceApi.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The organisation's users. An empty or failed answer never replaces a good one: calls would land on nobody. */
final class SalesforceUsers implements AgentSource {
    private static final Logger log = LoggerFactory.getLogger(SalesforceUsers.class);
    private static final int MOST_PAGES = 50;

    private final Parts parts;
    private volatile List<User> lastGood = List.of();

    SalesforceUsers(Parts parts) {
        this.parts = parts;
    }

    @Override
    public List<User> users() {
        List<User> known = lastGood;
        try {
            List<User> fresh = read();
            if (fresh.isEmpty() && !known.isEmpty()) {
                return known;
            }
            lastGood = fresh;
            return fresh;
        } catch (ConnectorException e) {
            if (known.isEmpty()) {
                throw e;
            }
            log.warn("salesforce {}: users were not named ({}); the known ones stay", parts.account(), e.getMessage());
            return known;
        }
    }

    /** People only: the organisation's own machinery has users too. */
    private List<User> read() {
        List<User> users = new ArrayList<>();
        Rows rows = parts.api()
                .query(
                        Priority.SYNC,
                        "SELECT Id, Name, Extension, IsActive FROM User WHERE UserType = 'Standard' ORDER BY Id");
        for (int page = 0; page < MOST_PAGES; page++) {
            rows.rows().forEach(row -> users.add(user(row)));
            String next = rows.next();
            if (next == null) {
                break;
            }
            rows = parts.api().queryMore(Priority.SYNC, next);
        }
        return List.copyOf(users);
    }

    private static User user(Row row) {
        return new User(
                row.id(),
                row.value("Name").orElse("User " + row.id()),
                extension(row.value("Extension")),
                row.text("IsActive").equals("true"));
    }

    private static @Nullable Extension extension(Optional<String> text) {
        try {
            return text.map(String::strip).map(Extension::new).orElse(null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
