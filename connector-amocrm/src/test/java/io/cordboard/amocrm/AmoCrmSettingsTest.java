// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.connector.SettingsException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AmoCrmSettingsTest {
    private static Map<String, String> with(String... more) {
        Map<String, String> all = new HashMap<>(Map.of("baseUrl", "https://example.amocrm.ru"));
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    @Test
    void tokenOrIntegrationIsNeeded() {
        assertThatThrownBy(() -> AmoCrmSettings.of(with()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("token is required");
        assertThatThrownBy(() ->
                        AmoCrmSettings.of(with("token", "t", "oauth.clientId", "id", "oauth.clientSecret", "secret")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("token cannot be given together with oauth");
    }

    @Test
    void everyMistakeIsNamedAtOnce() {
        assertThatThrownBy(() -> AmoCrmSettings.of(with(
                        "token",
                        "t",
                        "responsible",
                        "Anna",
                        "unknown",
                        "nobody",
                        "ticket.departments.support.colour",
                        "red",
                        "widget.login",
                        "crm")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("responsible must be the number of an amoCRM user")
                .hasMessageContaining("unknown must be one of auto, unsorted, lead, contact")
                .hasMessageContaining("ticket.departments.support.colour is not known")
                .hasMessageContaining("widget.secret is required");
    }

    @Test
    void departmentTakesOnlyTheStagesOfItsOwnPipeline() {
        TicketSettings tickets = AmoCrmSettings.of(with(
                        "token",
                        "t",
                        "ticket.pipeline",
                        "1",
                        "ticket.status",
                        "11",
                        "ticket.responsible",
                        "504141",
                        "ticket.departments.support.pipeline",
                        "2",
                        "ticket.departments.second line.responsible",
                        "504142"))
                .tickets();

        assertThat(tickets.place(Optional.of("support")).pipeline()).contains(2L);
        assertThat(tickets.place(Optional.of("support")).status()).isEmpty();
        assertThat(tickets.place(Optional.of("support")).responsible()).contains("504141");
        assertThat(tickets.place(Optional.of("second line")).status()).contains(11L);
        assertThat(tickets.place(Optional.of("second line")).responsible()).contains("504142");
        assertThat(tickets.place(Optional.of("unheard of"))).isEqualTo(tickets.place());
    }

    @Test
    void secretsAreNotShown() {
        AmoCrmSettings settings = AmoCrmSettings.of(with(
                "oauth.clientId",
                "id-1",
                "oauth.clientSecret",
                "secret-1",
                "oauth.refreshToken",
                "refresh-1",
                "widget.login",
                "crm",
                "widget.secret",
                "secret-2"));

        assertThat(settings.toString() + settings.oauth() + settings.events())
                .doesNotContain("secret-1", "refresh-1", "secret-2");
    }
}
