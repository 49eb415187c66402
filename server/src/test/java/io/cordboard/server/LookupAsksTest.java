// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.bitrix24.Bitrix24Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A number that the directory does not hold is asked for in the CRM, and known afterwards. */
class LookupAsksTest {
    @TempDir
    private Path folder;

    @Test
    void aCustomerWhoWasNeverReadIsFoundInTheCrm() throws IOException {
        try (Bitrix24Sandbox crm = Bitrix24Sandbox.start(SandboxOptions.DEFAULTS.withContacts(0))) {
            crm.addContact("Anna Ivanova", List.of("8 (916) 123-45-67"), 17);
            Path file = Files.writeString(folder.resolve("cordboard.yaml"), """
                    store: ./data
                    region: RU
                    pbx: []
                    crm:
                      - {id: main, type: bitrix24, webhookUrl: "%s"}
                    """.formatted(crm.webhookUrl()));

            JsonNode asked = lookup(file, Main.OK);
            assertThat(asked.path("source").asText()).isEqualTo("crm");
            assertThat(asked.path("matches").path(0).path("name").asText()).isEqualTo("Anna Ivanova");
            assertThat(lookup(file, Main.OK).path("source").asText()).isEqualTo("directory");
        }
    }

    @Test
    void whoOwnsACustomerIsToldByNameWhereTheAgentIsKnown() throws IOException {
        try (Bitrix24Sandbox crm = Bitrix24Sandbox.start(SandboxOptions.DEFAULTS.withContacts(0))) {
            crm.addContact("Anna Ivanova", List.of("8 (916) 123-45-67"), 17);
            crm.addContact("Ivan Petrov", List.of("8 (916) 123-45-68"), 18);
            Path file = Files.writeString(folder.resolve("cordboard.yaml"), """
                    store: ./data
                    region: RU
                    crm:
                      - {id: main, type: bitrix24, webhookUrl: "%s"}
                    agents:
                      - {name: Maria, users: {main: "17"}}
                    """.formatted(crm.webhookUrl()));

            assertThat(printed(file, "+79161234567")).contains("), owner Maria (user 17): ");
            assertThat(printed(file, "+79161234568")).contains("), owner user 18: ");
        }
    }

    private static String printed(Path file, String number) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(stream, System.err, Map.of(), Clock.systemUTC());
        assertThat(Main.run(console, "lookup", file.toString(), number)).isEqualTo(Main.OK);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonNode lookup(Path file, int exit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(stream, System.err, Map.of(), Clock.systemUTC());
        assertThat(Main.run(console, "lookup", file.toString(), "+79161234567", "--json"))
                .isEqualTo(exit);
        return new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
    }
}
