// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.Memory;
import io.cordboard.http.Json;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out whether the account's search sees through brackets and dashes, with a number that somebody wrote with them.
 * What it found is kept, because each search costs half as many requests when it does.
 */
final class SearchProbe implements AmoSearch.Spelling {
    private static final String KEY = "search.digits";
    private static final String ENOUGH = "enough";
    private static final String NOT_ENOUGH = "not enough";
    /** Nobody has written a number with brackets lately: there is nothing to find out, and nothing to see through. */
    private static final String PLAIN = "plain";

    private static final Set<String> SUFFICIENT = Set.of(ENOUGH, PLAIN);
    private static final int ROWS = 250;
    private static final int LEAST = 10;

    private final AmoApi api;
    private final Memory memory;
    private final String setting;

    SearchProbe(AmoApi api, Memory memory, String setting) {
        this.api = api;
        this.memory = memory;
        this.setting = setting;
    }

    @Override
    public boolean isNeeded() {
        return switch (setting) {
            case "digits" -> false;
            case "spellings" -> true;
            default -> !memory.get(KEY).filter(SUFFICIENT::contains).isPresent();
        };
    }

    /**
     * Asks, if it is not known.
     *
     * @throws io.cordboard.connector.ConnectorException when the account could not be asked
     */
    void learn() {
        if (!setting.equals("auto")
                || memory.get(KEY).filter(known -> !known.equals(PLAIN)).isPresent()) {
            return;
        }
        Reply reply = api.get(
                        Traffic.SYNC,
                        Query.of("api/v4/contacts").and("order[id]", "desc").and("limit", ROWS))
                .orThrow();
        boolean any = false;
        for (JsonNode row : reply.list("contacts")) {
            for (String phone : ContactReader.phones(row)) {
                any = true;
                String digits = phone.chars()
                        .filter(c -> c >= '0' && c <= '9')
                        .mapToObj(c -> String.valueOf((char) c))
                        .collect(Collectors.joining());
                String tail = digits.substring(Math.max(0, digits.length() - LEAST));
                if (digits.length() >= LEAST && digits.length() <= 12 && !phone.contains(tail)) {
                    Set<String> found = ids(tail);
                    memory.put(KEY, found.contains(Json.text(row, "id")) ? ENOUGH : NOT_ENOUGH);
                    return;
                }
            }
        }
        if (any) {
            memory.put(KEY, PLAIN);
        }
    }

    private Set<String> ids(String text) {
        Reply reply = api.get(
                        Traffic.SYNC,
                        Query.of("api/v4/contacts").and("query", text).and("limit", ROWS))
                .orThrow();
        Set<String> ids = new HashSet<>();
        reply.list("contacts").forEach(row -> ids.add(Json.text(row, "id")));
        return ids;
    }
}
