// SPDX-License-Identifier: Apache-2.0
package io.cordboard.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConnectorContextTest {
    private static final URI HOOK = URI.create("https://cc.example.com/hook/main/s3cret");

    private final ConnectorContext context = new ConnectorContext("main", "RU", Clock.systemUTC(), new Forgetful());

    @Test
    void aConnectorKnowsTheAddressOfItsWebhookOnlyWhenItIsPublished() {
        assertThat(context.webhookUrl()).isEmpty();
        assertThat(context.withWebhookUrl(HOOK).webhookUrl()).contains(HOOK);
        assertThat(context.withWebhookUrl(HOOK).account()).isEqualTo("main");
    }

    @Test
    void theSecretOfTheAddressIsNotInItsText() {
        assertThat(context.withWebhookUrl(HOOK)).asString().contains("main").doesNotContain("s3cret");
    }

    /** Keeps nothing: the context only carries it. */
    private static final class Forgetful implements Memory {
        @Override
        public Optional<String> get(String key) {
            return Optional.empty();
        }

        @Override
        public void putAll(Map<String, String> values) {}

        @Override
        public void remove(String key) {}

        @Override
        public Map<String, String> startingWith(String prefix) {
            return Map.of();
        }
    }
}
