// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordboard.zadarma.ZadarmaMessages.Kind;
import io.cordboard.zadarma.ZadarmaMessages.Notice;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ZadarmaSignatureTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void requestsAreSignedAsTheVendorSignsThem(String id, JsonNode vector) {
        Map<String, ?> params = MAPPER.convertValue(vector.get("params"), new TypeRef());
        String query = ZadarmaSignature.query(params);

        assertThat(query).isEqualTo(vector.get("canonical_query").asText());
        String signature = new ZadarmaSignature(vector.get("secret").asText())
                .ofRequest(vector.get("path").asText(), query);
        assertThat(vector.get("key").asText() + ":" + signature)
                .isEqualTo(vector.get("authorization").asText());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("webhooks")
    void webhooksAreSignedAsTheVendorSignsThem(String id, JsonNode vector) {
        ZadarmaSignature signature = new ZadarmaSignature(vector.get("secret").asText());
        String signed = vector.get("signed_string").asText();
        String given = vector.get("signature_header").asText();

        assertThat(signature.ofWebhook(signed)).isEqualTo(given);
        assertThat(signature.matches(signed, given)).isTrue();
        assertThat(signature.matches(signed + "0", given)).isFalse();
        assertThat(signature.matches(signed, "")).isFalse();
        if (vector.has("raw_bytes_instead")) {
            assertThat(signature.matches(signed, vector.get("raw_bytes_instead").asText()))
                    .isFalse();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("webhooks")
    void eachKindOfWebhookKnowsWhatIsSigned(String id, JsonNode vector) {
        Optional<Kind> kind = Kind.read(vector.get("event").asText());
        if (kind.isEmpty()) {
            assertThat(vector.get("event").asText()).isEqualTo("SMS");
            return;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        vector.get("payload")
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));

        assertThat(new Notice(kind.get(), fields).signed())
                .isEqualTo(vector.get("signed_string").asText());
    }

    @Test
    void aSignatureIsTheBase64OfAHexadecimalText() {
        assertThat(new ZadarmaSignature("secret").ofWebhook("text")).hasSize(56).endsWith("==");
    }

    static Stream<Object[]> requests() throws IOException {
        return vectors("api");
    }

    static Stream<Object[]> webhooks() throws IOException {
        return vectors("webhook");
    }

    private static Stream<Object[]> vectors(String which) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                ZadarmaSignatureTest.class.getResourceAsStream("/zadarma/signature_vectors.json"))) {
            return StreamSupport.stream(MAPPER.readTree(in).get(which).spliterator(), false)
                    .map(vector -> new Object[] {vector.get("id").asText(), vector});
        }
    }

    private static final class TypeRef extends com.fasterxml.jackson.core.type.TypeReference<Map<String, Object>> {}
}
