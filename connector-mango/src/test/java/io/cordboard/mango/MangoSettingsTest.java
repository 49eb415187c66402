// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.connector.ConnectorFactory;
import io.cordboard.connector.SettingsException;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class MangoSettingsTest {
    @Test
    void everyMistakeIsReportedAtOnce() {
        Map<String, String> values = Map.of(
                "salt", "s",
                "timeZone", "Moscow",
                "allow", "81.88.80.132/99",
                "line", "sip:line@x",
                "recordings.lifetime", "1h",
                "recordings.by", "mail",
                "backfill.overlap", "5m",
                "events.clock", "london",
                "region", "ZZ",
                "secret", "x");

        assertThatThrownBy(() -> MangoSettings.of(values))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .extracting(SettingsException.Problem::key)
                                .containsExactlyInAnyOrder(
                                        "key",
                                        "timeZone",
                                        "allow",
                                        "line",
                                        "recordings.lifetime",
                                        "recordings.by",
                                        "backfill.overlap",
                                        "events.clock",
                                        "region",
                                        "secret"));
    }

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        MangoSettings settings = MangoSettings.of("key", "salt");

        assertThat(settings.apiUrl()).hasToString("https://app.mango-office.ru/vpbx/");
        assertThat(settings.senders().allows("8.8.8.8")).isTrue();
        assertThat(settings.eventShift()).isZero();
        assertThat(settings.timeZone()).hasToString("Europe/Moscow");
        assertThat(settings.routesAt("ivr")).isTrue();
        assertThat(settings.routesAt("queue")).isFalse();
        assertThat(settings.linksRecordings()).isFalse();
        assertThat(settings.oldStatistics()).isFalse();
        assertThat(settings.contactCentre()).isFalse();
        assertThat(settings.commandTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.toString()).doesNotContain("salt").doesNotContain("key");
    }

    @Test
    void theFactoryIsFoundByItsType() {
        assertThat(ServiceLoader.load(ConnectorFactory.class))
                .anyMatch(factory -> factory.type().equals("mango") && factory.kind() == ConnectorFactory.Kind.PBX);
    }
}
