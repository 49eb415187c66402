// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.call.Extension;
import io.cordboard.connector.ConnectorException;
import io.cordboard.crm.AgentSource;
import io.cordboard.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The portal's employees. An empty or failed answer never replaces a good one: calls would land on the wrong person.
 */
final class Bitrix24Users implements AgentSource {
    private static final Logger log = LoggerFactory.getLogger(Bitrix24Users.class);
    private static final int ROWS = 50;
    private static final int MOST_PAGES = 400;

    private final Bitrix24Api api;
    private volatile List<User> lastGood = List.of();

    Bitrix24Users(Bitrix24Api api) {
        this.api = api;
    }

    @Override
    public List<User> users() {
        List<User> known = lastGood;
        try {
            List<User> fresh = read();
            if (fresh.isEmpty() && !known.isEmpty()) {
                log.warn("bitrix24 named no users; the {} known ones stay", known.size());
                return known;
            }
            lastGood = fresh;
            return fresh;
        } catch (ConnectorException e) {
            if (known.isEmpty()) {
                throw e;
            }
            log.warn("bitrix24 did not name its users ({}); the {} known ones stay", e.getMessage(), known.size());
            return known;
        }
    }

    private List<User> read() {
        List<User> users = new ArrayList<>();
        long last = 0;
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode rows = api.call(Traffic.SYNC, list(last)).orThrow();
            long before = last;
            for (JsonNode row : rows) {
                String id = Json.text(row, "ID");
                if (!id.isEmpty()) {
                    users.add(user(id, row));
                    last = Math.max(last, Long.parseLong(id));
                }
            }
            if (rows.size() < ROWS || last == before) {
                break;
            }
        }
        return List.copyOf(users);
    }

    private static User user(String id, JsonNode row) {
        String name = (Json.text(row, "NAME") + " " + Json.text(row, "LAST_NAME")).strip();
        boolean active = !row.has("ACTIVE") || Json.flag(row, "ACTIVE");
        return new User(id, name.isEmpty() ? "User " + id : name, extension(Json.text(row, "UF_PHONE_INNER")), active);
    }

    private static @Nullable Extension extension(String text) {
        try {
            return text.isEmpty() ? null : new Extension(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Command list(long last) {
        return new Command(
                "user.get",
                Map.of(
                        "FILTER",
                        Map.of("USER_TYPE", "employee", ">ID", last),
                        "sort",
                        "ID",
                        "order",
                        "ASC",
                        "start",
                        -1));
    }
}
