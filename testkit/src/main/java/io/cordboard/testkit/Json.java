// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON in and out, as plain maps, lists, strings, numbers and booleans. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);

    private Json() {}

    /**
     * {@return the value as JSON, in UTF-8}
     *
     * @param value maps, lists, records, strings, numbers, booleans, instants, nulls
     */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this cannot be written as JSON", e);
        }
    }

    /**
     * {@return the object that the JSON holds}
     *
     * @param json in UTF-8
     * @throws IllegalArgumentException when it is not an object
     */
    public static Map<String, Object> read(byte[] json) {
        try {
            return MAPPER.readValue(json, new TypeReference<>() {});
        } catch (IOException e) {
            throw new IllegalArgumentException("this is not a JSON object", e);
        }
    }

    /**
     * {@return what the JSON holds, an object or not; null for {@code null}}
     *
     * @param json in UTF-8
     * @throws IllegalArgumentException when it is no JSON
     */
    public static @Nullable Object value(byte[] json) {
        try {
            return MAPPER.readValue(json, Object.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("this is not JSON", e);
        }
    }
}
