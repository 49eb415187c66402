// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.http.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MangoSignatureTest {
    @ParameterizedTest
    @MethodSource("vectors")
    void everyKnownSignatureIsMade(JsonNode vector) {
        MangoSignature signature =
                new MangoSignature(Json.text(vector, "key"), vector.path("salt").asText());

        String made = vector.has("json")
                ? signature.of(vector.path("json").asText())
                : signature.ofLink(
                        Json.text(vector, "recording_id"),
                        vector.path("timestamp").asLong());

        assertThat(made).as(Json.text(vector, "id")).isEqualTo(Json.text(vector, "sign"));
    }

    @Test
    void onlyTheTextAsItCameIsRight() {
        MangoSignature signature = new MangoSignature("key", "salt");
        String sign = signature.of("{\"a\": 1}");

        assertThat(signature.matches("key", "{\"a\": 1}", sign)).isTrue();
        assertThat(signature.matches("key", "{\"a\":1}", sign)).isFalse();
        assertThat(signature.matches("other", "{\"a\": 1}", sign)).isFalse();
        assertThat(signature.matches("key", "{\"a\": 1}", "")).isFalse();
    }

    static List<JsonNode> vectors() {
        List<JsonNode> vectors = new ArrayList<>();
        Stories.json("signature_vectors.json").forEach(vectors::add);
        assertThat(vectors).hasSize(14);
        return vectors;
    }
}
