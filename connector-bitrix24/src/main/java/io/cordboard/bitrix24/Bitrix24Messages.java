// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.http.Answer;
import io.cordboard.http.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The portal's envelopes: an answer, a refusal, a batch. */
final class Bitrix24Messages {
    private Bitrix24Messages() {}

    /** {@return one command that carries many, each under the key of its place} */
    static Command batch(Map<Integer, Command> commands) {
        Map<String, String> lines = new LinkedHashMap<>();
        commands.forEach((place, command) -> {
            String query = Php.encode(command.params());
            lines.put(Ref.key(place), query.isEmpty() ? command.method() : command.method() + "?" + query);
        });
        return new Command("batch", Map.of("halt", 0, "cmd", lines));
    }

    /** {@return what an answer says, or empty when it is not the portal's JSON} */
    static Optional<Reply> reply(Answer answer) {
        return Json.parse(answer.body()).filter(JsonNode::isObject).flatMap(body -> {
            if (body.has("error")) {
                return Optional.of(Reply.failed(fault(body, answer.status())));
            }
            return body.has("result")
                    ? Optional.of(Reply.ok(body.path("result"), body.path("time")))
                    : Optional.empty();
        });
    }

    /** {@return what a batch's answer says of one of its commands} */
    static Reply replyTo(String key, Reply batch) {
        JsonNode refused = batch.result().path("result_error").path(key);
        if (refused.isObject()) {
            return Reply.failed(fault(refused, 400));
        }
        JsonNode results = batch.result().path("result");
        return results.has(key)
                ? Reply.ok(results.path(key), batch.result().path("result_time").path(key))
                : Reply.failed(Fault.unclear("the batch was answered without this command"));
    }

    private static Fault fault(JsonNode body, int status) {
        JsonNode error = body.path("error");
        if (error.isObject()) {
            return Fault.of(Json.text(error, "code"), Json.text(error, "message"), status);
        }
        return Fault.of(Json.text(body, "error"), Json.text(body, "error_description"), status);
    }

    /** {@return a date as the portal writes it, or null when it is none} */
    static @Nullable Instant instant(String text) {
        try {
            return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
