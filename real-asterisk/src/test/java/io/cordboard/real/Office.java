// SPDX-License-Identifier: Apache-2.0
package io.cordboard.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordboard.connector.Health;
import io.cordboard.delivery.Delivery;
import io.cordboard.server.config.ConfigFile;
import io.cordboard.server.run.RunningServer;
import io.cordboard.testkit.CrmBooks.HeldCall;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.bitrix24.Bitrix24Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** The running server between the real Asterisk and a CRM. */
final class Office implements AutoCloseable {
    static final String LINE = "74951110001";

    private static final List<String> AGENTS = List.of("Anna", "Boris", "Vera");
    private static final Duration SETTLES = Duration.ofSeconds(40);

    private final Bitrix24Sandbox crm =
            Bitrix24Sandbox.start(SandboxOptions.DEFAULTS.withContacts(0).withLimits(false));
    private final RunningServer server;

    Office(Path folder, Ports ports, int ami, Path recordings) throws IOException {
        Map<String, Object> pbx = new LinkedHashMap<>();
        pbx.put("id", "hq");
        pbx.put("type", "asterisk");
        pbx.put("host", "127.0.0.1");
        pbx.put("port", ami);
        pbx.put("username", "cordboard");
        pbx.put("secret", "a-long-secret");
        pbx.put("agi", "127.0.0.1:" + ports.agi());
        pbx.put("recordings", Map.of("folder", recordings.toString()));
        pbx.put("retryInterval", "1s");
        Map<String, Object> account = new LinkedHashMap<>(crm.config());
        account.put("id", "main");
        List<Map<String, Object>> agents = AGENTS.stream()
                .map(name -> Map.<String, Object>of(
                        "name", name,
                        "extensions", Map.of("hq", extension(name)),
                        "users", Map.of("main", user(name))))
                .toList();
        Map<String, Object> config = Map.of(
                "store", folder.resolve("data").toString(),
                "region", "RU",
                "http", Map.of("listen", "127.0.0.1:0"),
                "settleAfter", "2s",
                "pbx", List.of(pbx),
                "crm", List.of(account),
                "agents", agents);
        // YAML takes JSON.
        Path file = Files.writeString(folder.resolve("cordboard.yaml"), new ObjectMapper().writeValueAsString(config));
        server = RunningServer.start(ConfigFile.read(file, name -> null), Clock.systemUTC(), "test");
    }

    static String extension(String agent) {
        return Integer.toString(101 + AGENTS.indexOf(agent));
    }

    String user(String agent) {
        return crm.books().agents().get(AGENTS.indexOf(agent));
    }

    RunningServer server() {
        return server;
    }

    /** A customer whom the CRM knows and somebody owns. */
    void knows(String name, String number, String owner) {
        int unused = crm.addContact(name, List.of(number), Integer.parseInt(user(owner)));
        var report = server.cordboard().sync("main", (read, total) -> {});
        assertThat(report.contacts()).isPositive();
    }

    void awaitUp() {
        Awaitility.await("the server is connected to Asterisk")
                .atMost(Duration.ofSeconds(40))
                .until(() -> Optional.ofNullable(server.cordboard().health().get("hq"))
                        .filter(health -> health.status() == Health.Status.UP)
                        .isPresent());
    }

    /** {@return the only record that the CRM has of a customer, once it is finished and nothing is on its way} */
    HeldCall record(String number) {
        Awaitility.await("the record of the call")
                .atMost(SETTLES)
                .until(() -> held(number).stream().anyMatch(HeldCall::finished)
                        && server.cordboard().outbox().count("main", Delivery.State.PENDING) == 0);
        assertThat(held(number)).as("records of one call").hasSize(1);
        return held(number).get(0);
    }

    private List<HeldCall> held(String number) {
        String digits = number.replaceAll("[^0-9]", "");
        return crm.books().calls().stream()
                .filter(call -> call.number().replaceAll("[^0-9]", "").endsWith(digits))
                .toList();
    }

    @Override
    public void close() {
        server.close();
        crm.close();
    }
}
