// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.cordboard.call.CallId;
import io.cordboard.call.Extension;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON in and out of the API. */
final class Json {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule()
                    .addSerializer(CallId.class, ToStringSerializer.instance)
                    .addSerializer(Extension.class, ToStringSerializer.instance))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON could not be written", e);
        }
    }

    static void answer(Context ctx, int status, JsonNode node) {
        ctx.status(status).contentType("application/json; charset=utf-8").result(text(node));
    }

    static void error(Context ctx, int status, String message, @Nullable String fix) {
        ObjectNode json = object().put("error", message);
        if (fix != null) {
            json.put("fix", fix);
        }
        answer(ctx, status, json);
    }

    /** {@return the object that a request carries} */
    static ObjectNode body(Context ctx) {
        String type = Optional.ofNullable(ctx.contentType()).orElse("").toLowerCase(Locale.ROOT);
        // A page of another site cannot send JSON without asking first, which nothing here ever allows.
        if (!type.equals("application/json") && !type.startsWith("application/json;")) {
            throw new ApiException(
                    415, "the body is not announced as JSON", "send it with Content-Type: application/json");
        }
        try {
            JsonNode node = MAPPER.readTree(Body.read(ctx));
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw ApiException.badRequest("the body is not JSON");
        }
        throw ApiException.badRequest("the body must be a JSON object");
    }

    /** {@return a required text of a request's object} */
    static String required(ObjectNode body, String key) {
        return optional(body, key).orElseThrow(() -> ApiException.badRequest("\"" + key + "\" is required"));
    }

    /** {@return a text of a request's object; blank counts as not given} */
    static Optional<String> optional(ObjectNode body, String key) {
        JsonNode node = body.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual() && !node.isNumber()) {
            throw ApiException.badRequest("\"" + key + "\" must be a text");
        }
        String text = node.asText().strip();
        if (text.length() > 20_000) {
            throw ApiException.badRequest("\"" + key + "\" is longer than 20,000 characters");
        }
        return Optional.of(text).filter(t -> !t.isEmpty());
    }
}
