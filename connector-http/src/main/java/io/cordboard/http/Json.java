// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Optional;

/**
 * Reads JSON as PHP programs write it: {@code []} for an empty object, {@code {}} for a date, numbers as texts and
 * texts as numbers, members that come and go.
 */
public final class Json {
    private static final ObjectMapper LENIENT = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.ACCEPT_EMPTY_ARRAY_AS_NULL_OBJECT)
            .enable(DeserializationFeature.ACCEPT_EMPTY_STRING_AS_NULL_OBJECT)
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private Json() {}

    /** {@return a mapper that forgives; shared, not to be reconfigured} */
    public static ObjectMapper lenient() {
        return LENIENT;
    }

    /**
     * {@return the tree, or empty when the text is not JSON or is nothing}
     *
     * @param text such as an answer's body
     */
    public static Optional<JsonNode> parse(String text) {
        try {
            JsonNode node = LENIENT.readTree(text);
            return node instanceof MissingNode ? Optional.empty() : Optional.ofNullable(node);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * {@return a member as text; empty when it is absent, null, an object or an array}
     *
     * @param node the object
     * @param member its name
     */
    public static String text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
    }

    /**
     * {@return a member as an id: its text, unless that is empty or {@code 0}}
     *
     * @param node the object
     * @param member its name
     */
    public static Optional<String> id(JsonNode node, String member) {
        return Optional.of(text(node, member)).filter(text -> !text.isEmpty() && !text.equals("0"));
    }

    /**
     * {@return a member as yes or no: {@code Y}, {@code 1}, {@code true} are yes}
     *
     * @param node the object
     * @param member its name
     */
    public static boolean flag(JsonNode node, String member) {
        String text = text(node, member);
        return text.equals("1") || text.equalsIgnoreCase("y") || text.equalsIgnoreCase("true");
    }

    /**
     * {@return a text with everything that JSON wants escaped}
     *
     * @param value a record, map, list, text, number or tree
     */
    public static String write(Object value) {
        try {
            return LENIENT.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
        }
    }
}
