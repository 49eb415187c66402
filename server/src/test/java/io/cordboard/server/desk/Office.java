// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.desk;

import io.cordboard.delivery.Delivery;
import io.cordboard.server.config.ConfigFile;
import io.cordboard.server.run.RunningServer;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.bitrix24.Bitrix24Sandbox;
import io.cordboard.testkit.zadarma.ZadarmaSandbox;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The real server between a telephone system and a CRM that speak their vendors' language. */
final class Office implements AutoCloseable {
    static final String TOKEN = "a-token-of-the-desk";

    private final ZadarmaSandbox pbx = ZadarmaSandbox.start(SandboxOptions.DEFAULTS);
    private final Bitrix24Sandbox crm =
            Bitrix24Sandbox.start(SandboxOptions.DEFAULTS.withContacts(20).withLimits(false));
    private final RunningServer server;

    Office(Path folder) throws IOException {
        // Owned by Anna, who is user 1 of the CRM.
        crm.addContact("Maria Kuznetsova", List.of("8 (916) 123-45-67"), 1);
        server = RunningServer.start(ConfigFile.read(configuration(folder), name -> null), Clock.systemUTC(), "test");
        server.cordboard().sync("main", (read, total) -> {});
        pbx.publish(Objects.requireNonNull(server.hookUrls().get("office")));
    }

    private Path configuration(Path folder) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        List<String> lines = new ArrayList<>(List.of(
                "store: " + folder.resolve("data"),
                "region: RU",
                "http:",
                "  listen: 127.0.0.1:" + port,
                "  token: " + TOKEN,
                "pbx:",
                "  - id: office"));
        pbx.config().forEach((key, value) -> lines.add("    " + key + ": \"" + value + "\""));
        lines.addAll(List.of("crm:", "  - id: main"));
        crm.config().forEach((key, value) -> lines.add("    " + key + ": \"" + value + "\""));
        lines.addAll(List.of(
                "agents:",
                "  - {name: Anna, extensions: {office: \"101\"}, users: {main: \"1\"}}",
                "  - {name: Boris, extensions: {office: \"102\"}, users: {main: \"2\"}}",
                "settleAfter: 500ms"));
        return Files.write(folder.resolve("cordboard.yaml"), lines);
    }

    URI url() {
        return server.deskUrl();
    }

    Bitrix24Sandbox crm() {
        return crm;
    }

    /** {@return how many deliveries have arrived: call record, recording, note and ticket of one call are four} */
    long delivered() {
        return server.cordboard().outbox().count("main", Delivery.State.DONE);
    }

    /** Lets a customer call; extension 101 takes the call after some seconds and talks for some. */
    void ring(String from, int ringSeconds, int talkSeconds) {
        pbx.play(Map.of(
                "kind",
                "answered",
                "from",
                from,
                "extension",
                "101",
                "ring",
                List.of("101"),
                "ringSeconds",
                ringSeconds,
                "talkSeconds",
                talkSeconds));
    }

    @Override
    public void close() {
        server.close();
        pbx.close();
        crm.close();
    }
}
