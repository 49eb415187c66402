// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.call.Extension;
import io.cordboard.connector.Settings;
import io.cordboard.connector.SettingsException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AsteriskSettingsTest {
    private static AsteriskSettings read(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of("host", "pbx", "username", "cordboard", "secret", "s3cret"));
        values.putAll(more);
        Settings section = new Settings(values);
        AsteriskSettings settings = AsteriskSettings.read(section);
        section.finish();
        return settings;
    }

    @Test
    void theDefaultsSuitAnOrdinaryAsterisk() {
        AsteriskSettings settings = read(Map.of());

        assertThat(settings.ami().address()).isEqualTo(new AsteriskSettings.Address("pbx", 5038));
        assertThat(settings.agi()).isNull();
        assertThat(settings.dial().channel()).isEqualTo("PJSIP/{agent}");
        assertThat(settings.variables()).isEqualTo(AsteriskSettings.Variables.DEFAULT);
    }

    @Test
    void theSecretIsNotShown() {
        assertThat(read(Map.of()).toString()).doesNotContain("s3cret");
    }

    @Test
    void everyMistakeIsSaidAtOnce() {
        Map<String, String> wrong = Map.of(
                "port", "70000",
                "agi", "4573",
                "agentPattern", "10[",
                "dial.channel", "PJSIP/101",
                "silenceTimeout", "0s",
                "hots", "x");

        assertThatThrownBy(() -> read(wrong))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .extracting(SettingsException.Problem::key)
                                .containsExactlyInAnyOrder(
                                        "port", "agi", "agentPattern", "dial.channel", "silenceTimeout", "hots"));
    }

    @ParameterizedTest
    @CsvSource({
        "PJSIP/101-0000008f, AGENT, 101",
        "SIP/4567-000001ab, AGENT, 4567",
        "PJSIP/trunk-00000054, TRUNK,",
        "PJSIP/my-provider-00000054, TRUNK,",
        "DAHDI/i1/79161234567-1a, TRUNK,",
        "PJSIP/74951110001-00000054, TRUNK,",
        "Local/201@local-agents-00000005;1, AGENT, 201",
        "Local/201@local-agents-00000005;2, LOCAL,",
        "Local/101@from-queue-00004d48;1, LOCAL, 101",
        "Local/101@from-queue-00004d48;2, LOCAL,",
        "Local/74951110006@from-trunk-00000006;1, LOCAL_TRUNK,",
        "garbage, TRUNK,"
    })
    void aChannelsNameTellsWhoseItIs(String channel, Endpoint.Kind kind, String agent) {
        Endpoint endpoint = new Endpoints(read(Map.of())).of(channel);

        assertThat(endpoint.kind()).isEqualTo(kind);
        assertThat(endpoint.agent()).isEqualTo(agent == null ? null : new Extension(agent));
    }

    @Test
    void patternsAreConfigurable() {
        Endpoints endpoints = new Endpoints(read(Map.of("trunks[0]", "PJSIP/1*", "agentPattern", "agent-([0-9]+)")));

        assertThat(endpoints.of("PJSIP/100-0000008f").kind()).isEqualTo(Endpoint.Kind.TRUNK);
        assertThat(endpoints.of("PJSIP/agent-7-0000008f").agent()).isEqualTo(new Extension("7"));
        assertThat(endpoints.member("Local/agent-7@from-queue/n")).isEqualTo(new Extension("7"));
    }
}
