// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.connector.ConnectorFactory;
import io.cordboard.connector.SettingsException;
import java.time.ZoneId;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class ZadarmaSettingsTest {
    @Test
    void everyMistakeIsReportedAtOnce() {
        Map<String, String> values = Map.of(
                "secret", "s",
                "timeZone", "Mars/Olympus",
                "allow", "185.45.152.40/33",
                "routing.returnTimeout", "2s",
                "backfill.overlap", "1h",
                "recordings.lifetime", "1m",
                "region", "ZZ",
                "verifySignature", "maybe",
                "keys", "k");

        assertThatThrownBy(() -> ZadarmaSettings.of(values))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .extracting(SettingsException.Problem::key)
                                .containsExactlyInAnyOrder(
                                        "key",
                                        "timeZone",
                                        "allow",
                                        "routing.returnTimeout",
                                        "backfill.overlap",
                                        "recordings.lifetime",
                                        "region",
                                        "verifySignature",
                                        "keys"));
    }

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        ZadarmaSettings settings = ZadarmaSettings.of("key", "secret");

        assertThat(settings.apiUrl()).hasToString("https://api.zadarma.com");
        assertThat(settings.verifySignature()).isTrue();
        assertThat(settings.senders().allows("8.8.8.8")).isTrue();
        assertThat(settings.timeZone()).isNull();
        assertThat(settings.presenceEvery()).isZero();
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void aZoneIsReadByItsName() {
        ZadarmaSettings settings = ZadarmaSettings.of(Map.of("key", "k", "secret", "s", "timeZone", "Europe/Kyiv"));

        assertThat(settings.timeZone()).isEqualTo(ZoneId.of("Europe/Kyiv"));
    }

    @Test
    void theFactoryIsFoundByItsType() {
        assertThat(ServiceLoader.load(ConnectorFactory.class))
                .anyMatch(factory -> factory.type().equals("zadarma") && factory.kind() == ConnectorFactory.Kind.PBX);
    }
}
