// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.http.Answer;
import io.cordboard.http.Json;
import io.cordboard.http.VendorHttp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what an account answers: HAL, problems, and the pages of what stands in front of it. */
final class AmoMessages {
    private static final String UNPAID = "the account is not paid";

    private AmoMessages() {}

    /** {@return what an answer says} */
    static Reply reply(Answer answer, VendorHttp http) {
        Optional<JsonNode> body = Json.parse(answer.body()).filter(JsonNode::isContainerNode);
        if (answer.isSuccess()) {
            if (answer.status() == 204 || answer.body().isBlank()) {
                return Reply.nothing();
            }
            return body.map(Reply::of)
                    .orElseGet(() -> Reply.failed(
                            Fault.of(Reason.UNCLEAR, "the account answered with something that is not its JSON")));
        }
        return new Reply(
                body.orElse(Reply.nothing().body()),
                body.map(node -> problem(answer, node, http)).orElseGet(() -> page(answer, http)));
    }

    /** {@return whether the account, or the address of this program, is shut out until its support lifts that} */
    static boolean isBlocked(Answer answer) {
        return answer.status() == 403
                && Json.parse(answer.body()).filter(JsonNode::isContainerNode).isEmpty();
    }

    /** {@return whether the account is shut until somebody pays, which no new token changes} */
    static boolean isUnpaid(Fault fault) {
        return fault.text().equals(UNPAID);
    }

    private static Fault problem(Answer answer, JsonNode body, VendorHttp http) {
        ConnectorException byStatus = http.fault(answer);
        Map<String, Fault> named = byStatus.reason().retryable() ? Map.of() : refused(body);
        if (!named.isEmpty() && answer.status() != 402) {
            return named.values().iterator().next();
        }
        String detail = first(Json.text(body, "detail"), Json.text(body, "title"), Json.text(body, "hint"));
        boolean unpaid = answer.status() == 402 || detail.equalsIgnoreCase("Payment Required");
        Reason reason = unpaid ? Reason.REAUTHORISE : byStatus.reason();
        String text = unpaid ? UNPAID : "answered " + answer.status() + ", " + detail;
        return Fault.of(reason, text, byStatus.retryAfter().orElse(null));
    }

    /** A page for people comes from something in front of the account: what it says of what exists means nothing. */
    private static Fault page(Answer answer, VendorHttp http) {
        ConnectorException byStatus = http.fault(answer);
        Reason reason = switch (byStatus.reason()) {
            case UNCLEAR, RATE_LIMITED, UNAVAILABLE, REAUTHORISE -> byStatus.reason();
            case FORBIDDEN, NOT_FOUND, REFUSED -> Reason.UNAVAILABLE;
        };
        return Fault.of(
                reason,
                "answered " + answer.status() + " without JSON",
                byStatus.retryAfter().orElse(null));
    }

    /** {@return why members of a batch were refused, by their {@code request_id}; empty when it does not say} */
    static Map<String, Fault> refused(JsonNode body) {
        Map<String, Fault> faults = new LinkedHashMap<>();
        JsonNode violations = body.path("validation-errors");
        for (JsonNode one : violations.isObject() ? List.of(violations) : members(violations)) {
            List<String> paths = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            for (JsonNode error : one.path("errors")) {
                paths.add(Json.text(error, "path"));
                texts.add(Json.text(error, "path") + " " + Json.text(error, "code"));
            }
            Fault fault = new Fault(Reason.REFUSED, "refused " + String.join(", ", texts), null, paths);
            faults.put(requestId(one, faults.size()), fault);
        }
        for (JsonNode error : body.path("errors")) {
            String title = first(Json.text(error, "title"), Json.text(error, "detail"), "refused without a word");
            faults.put(requestId(error, faults.size()), Fault.of(Reason.NOT_FOUND, title));
        }
        return faults;
    }

    /** {@return what was made, by {@code request_id}} */
    static Map<String, JsonNode> made(JsonNode body, String embedded) {
        Map<String, JsonNode> made = new LinkedHashMap<>();
        JsonNode rows = body.isArray() ? body : body.path("_embedded").path(embedded);
        int place = 0;
        for (JsonNode row : rows) {
            JsonNode ids = row.path("request_id");
            if (ids.isArray()) {
                ids.forEach(id -> made.put(id.asText(), row));
            } else {
                made.put(ids.isMissingNode() ? Integer.toString(place) : ids.asText(), row);
            }
            place++;
        }
        return made;
    }

    private static String requestId(JsonNode node, int place) {
        String id = Json.text(node, "request_id");
        return id.isEmpty() ? "?" + place : id;
    }

    private static List<JsonNode> members(JsonNode array) {
        List<JsonNode> members = new ArrayList<>();
        array.forEach(members::add);
        return members;
    }

    private static String first(String... texts) {
        for (String text : texts) {
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }
}
