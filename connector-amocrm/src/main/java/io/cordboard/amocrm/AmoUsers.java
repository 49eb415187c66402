// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.crm.AgentSource;
import io.cordboard.http.Json;
import java.util.ArrayList;
import java.util.List;

/** The account's users. The account knows no extensions: they are in the configuration's {@code agents}. */
final class AmoUsers implements AgentSource {
    private static final int ROWS = 250;
    private static final int MOST_PAGES = 100;

    private final AmoApi api;

    AmoUsers(AmoApi api) {
        this.api = api;
    }

    @Override
    public List<User> users() {
        List<User> users = new ArrayList<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            Reply reply = api.get(
                            Traffic.SYNC,
                            Query.of("api/v4/users").and("limit", ROWS).and("page", page))
                    .orThrow();
            for (JsonNode row : reply.list("users")) {
                JsonNode active = row.path("rights").path("is_active");
                users.add(new User(
                        Json.text(row, "id"), Json.text(row, "name"), null, !active.isBoolean() || active.asBoolean()));
            }
            if (!reply.hasNext()) {
                break;
            }
        }
        return users;
    }
}
