// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;

/** Compares a call of the API with what the phones did. */
final class ApiCall {
    private static final double TOLERANCE = 0.7;

    private ApiCall() {}

    static void matches(String where, JsonNode call, JsonNode expected) {
        expected.properties().forEach(field -> {
            String key = field.getKey();
            String what = where + ": " + key;
            JsonNode wanted = field.getValue();
            switch (key) {
                case "customer" ->
                    assertThat(call.get("customer").asText(null))
                            .as(what)
                            .isEqualTo(wanted.isNull() ? null : "+" + wanted.asText());
                case "recording" ->
                    assertThat(call.at("/recording/available")).as(what).isEqualTo(wanted);
                case "answered" ->
                    assertThat(!call.get("answeredAt").isNull()).as(what).isEqualTo(wanted.asBoolean());
                case "waitSeconds", "connectedSeconds", "holdSeconds" -> seconds(what, call.get(key), wanted);
                default -> assertThat(call.get(key)).as(what).isEqualTo(wanted);
            }
        });
    }

    private static void seconds(String what, JsonNode found, JsonNode wanted) {
        if (wanted.isNull()) {
            assertThat(found.isNull()).as(what + " is not known").isTrue();
        } else {
            assertThat(found.asDouble()).as(what).isCloseTo(wanted.asDouble(), within(TOLERANCE));
        }
    }
}
