// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.http.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Comments in timelines. They carry no mark: one is found again by its text. */
final class Comments {
    private Comments() {}

    /**
     * {@return writes one}
     *
     * @param type how the timeline names whose it is
     * @param id whose it is; may be a {@link Ref}
     * @param text the text
     */
    static Command add(String type, Object id, String text) {
        return new Command(
                "crm.timeline.comment.add",
                Map.of("fields", Map.of("ENTITY_ID", id, "ENTITY_TYPE", type, "COMMENT", text)));
    }

    /** {@return asks for the newest ones} */
    static Command list(String type, String id) {
        return new Command(
                "crm.timeline.comment.list",
                Map.of(
                        "filter", Map.of("ENTITY_ID", id, "ENTITY_TYPE", type),
                        "order", Map.of("ID", "DESC"),
                        "select", List.of("ID", "COMMENT")));
    }

    /** {@return the id of a comment with this text, if there is one} */
    static Optional<String> sameText(JsonNode comments, String text) {
        String wanted = plain(text);
        for (JsonNode comment : comments) {
            if (plain(Json.text(comment, "COMMENT")).equals(wanted)) {
                return Optional.of(Json.text(comment, "ID"));
            }
        }
        return Optional.empty();
    }

    /** {@return a text as it can be compared: line ends and spaces do not survive every portal} */
    static String plain(String text) {
        return Command.harmless(text).replaceAll("\\s+", " ").strip();
    }
}
