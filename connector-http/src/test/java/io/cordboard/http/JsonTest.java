// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JsonTest {
    @Test
    void emptyArrayIsAnEmptyObjectAndNumbersMayBeTexts() throws JsonProcessingException {
        Row row = Json.lenient().readValue("{\"id\":\"7\",\"names\":[],\"new\":1}", Row.class);

        assertThat(row).isEqualTo(new Row(7, null));
    }

    @Test
    void membersAreReadWhateverTheyAre() {
        JsonNode node = Json.parse("{\"a\":7,\"b\":\" x \",\"c\":{},\"d\":null,\"e\":\"0\",\"f\":\"Y\",\"g\":true}")
                .orElseThrow();

        assertThat(Json.text(node, "a")).isEqualTo("7");
        assertThat(Json.text(node, "b")).isEqualTo("x");
        assertThat(Json.text(node, "c")).isEmpty();
        assertThat(Json.text(node, "d")).isEmpty();
        assertThat(Json.text(node, "z")).isEmpty();
        assertThat(Json.id(node, "a")).contains("7");
        assertThat(Json.id(node, "e")).isEmpty();
        assertThat(Json.flag(node, "f")).isTrue();
        assertThat(Json.flag(node, "g")).isTrue();
        assertThat(Json.flag(node, "e")).isFalse();
    }

    @Test
    void whatIsNoJsonIsNothing() {
        assertThat(Json.parse("<html>")).isEmpty();
        assertThat(Json.parse("")).isEmpty();
        assertThat(Json.parse("{\"half\":")).isEmpty();
    }

    record Row(int id, @Nullable Map<String, String> names) {}
}
