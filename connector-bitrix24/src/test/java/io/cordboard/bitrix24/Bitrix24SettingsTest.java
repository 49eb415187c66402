// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.connector.ConnectorFactory;
import io.cordboard.connector.SettingsException;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class Bitrix24SettingsTest {
    @Test
    void everyMistakeIsToldAtOnce() {
        assertThatThrownBy(() -> Bitrix24Settings.of(
                        Map.of("oauth.portal", "nowhere", "oauth.clientId", "app.1", "cards", "always", "burts", "50")))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .extracting(SettingsException.Problem::key)
                                .containsExactlyInAnyOrder(
                                        "oauth.portal", "oauth.clientSecret", "responsible", "cards", "burts"));
    }

    @Test
    void addressOfAWebhookIsRequired() {
        assertThatThrownBy(() -> Bitrix24Settings.of(Map.of())).hasMessage("webhookUrl is required");
    }

    @Test
    void webhooksUserIsResponsibleUnlessSomebodyElseIs() {
        Map<String, String> plain = Map.of("webhookUrl", "https://p.example.com/rest/12/secret");
        assertThat(Bitrix24Settings.of(plain).calls().responsible()).contains("12");
        assertThat(Bitrix24Settings.of(Map.of("webhookUrl", "https://p.example.com/rest/12/secret", "responsible", "7"))
                        .calls()
                        .responsible())
                .contains("7");
    }

    @Test
    void departmentIsANumberOfAPlaceAndAUser() {
        assertThatThrownBy(() -> Bitrix24Settings.of(Map.of(
                        "webhookUrl", "https://p.example.com/rest/12/secret",
                        "ticket.departments.Second line", "second",
                        "ticket.departmentUsers.Sales", "-1")))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .extracting(SettingsException.Problem::key)
                                .containsExactlyInAnyOrder(
                                        "ticket.departments.Second line", "ticket.departmentUsers.Sales"));
    }

    @Test
    void connectorIsFoundByItsName() {
        assertThat(ServiceLoader.load(ConnectorFactory.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(factory -> factory.type().equals("bitrix24")))
                .singleElement()
                .satisfies(factory -> assertThat(factory.kind()).isEqualTo(ConnectorFactory.Kind.CRM));
    }
}
