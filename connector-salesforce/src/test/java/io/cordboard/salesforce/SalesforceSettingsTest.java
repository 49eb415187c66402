// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.connector.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SalesforceSettingsTest {
    private static final String URL = "https://example.my.salesforce.com/services/whatever";

    @Test
    void addressIsTheOrganisationsAlone() {
        SalesforceSettings settings =
                SalesforceSettings.of(Map.of("baseUrl", URL, "oauth.clientId", "a", "oauth.clientSecret", "s3cret"));

        assertThat(settings.baseUrl()).hasToString("https://example.my.salesforce.com/");
        assertThat(settings.oauth().grant()).isEqualTo(OauthSettings.Grant.CLIENT_CREDENTIALS);
        assertThat(settings.toString() + settings.oauth()).doesNotContain("s3cret");
    }

    @Test
    void everyMistakeIsNamedAtOnce() {
        assertThatThrownBy(() -> SalesforceSettings.of(Map.of(
                        "baseUrl", URL,
                        "oauth.clientId", "a",
                        "timeZone", "Moscow",
                        "recordings", "tape",
                        "dailyApiBugdet", "1")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("oauth.clientSecret")
                .hasMessageContaining("Europe/Moscow")
                .hasMessageContaining("file, link")
                .hasMessageContaining("did you mean dailyApiBudget");
    }

    @Test
    void keyThatIsNoneIsNotQuoted() {
        assertThatThrownBy(() -> SalesforceSettings.of(Map.of(
                        "baseUrl", URL, "oauth.clientId", "a", "oauth.username", "u", "oauth.privateKey", "s3cret")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("oauth.privateKey")
                .hasMessageContaining("BEGIN PRIVATE KEY")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void trialCopyHasAnotherAudience() {
        SalesforceSettings settings = SalesforceSettings.of(Map.of(
                "baseUrl",
                "https://example--uat.sandbox.my.salesforce.com",
                "oauth.clientId",
                "a",
                "oauth.clientSecret",
                "b"));

        assertThat(settings.oauth().audience()).isEqualTo("https://test.salesforce.com");
    }
}
