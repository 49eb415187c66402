// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import io.cordboard.directory.SyncReport;
import io.cordboard.server.config.ConfigFile;
import io.cordboard.server.run.RunningServer;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.bitrix24.Bitrix24Sandbox;
import io.cordboard.testkit.zadarma.ZadarmaSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The sandboxes and the real server of a demo, with a store of its own that goes away with it. */
final class Stage implements AutoCloseable {
    static final String PBX = "office";
    static final String CRM = "main";
    static final String LINE = "74951110001";

    private static final int CONTACTS = 10_000;

    private final Path folder;
    private final Bitrix24Sandbox crm;
    private final ZadarmaSandbox pbx;
    private final RunningServer server;

    private Stage(Path folder, Bitrix24Sandbox crm, ZadarmaSandbox pbx, RunningServer server) {
        this.folder = folder;
        this.crm = crm;
        this.pbx = pbx;
        this.server = server;
    }

    /**
     * {@return a stage on which everything runs}
     *
     * @param port the desk's port, or 0 for any that is free
     * @param speed how many times faster than people the calls are
     * @throws io.cordboard.server.run.InputException when the port is taken
     */
    static Stage set(int port, double speed) {
        boolean quick = speed > 1;
        Clock clock = Clock.systemUTC();
        Bitrix24Sandbox crm = Bitrix24Sandbox.start(SandboxOptions.DEFAULTS.withContacts(CONTACTS));
        ZadarmaSandbox pbx = ZadarmaSandbox.start(SandboxOptions.DEFAULTS);
        try {
            pbx.turn(Map.of(
                    "extensions",
                    List.of("101", "102", "103", "104"),
                    "line",
                    LINE,
                    "answerMillis",
                    30_000,
                    "speed",
                    speed));
            Path folder = Files.createTempDirectory("cordboard-demo");
            Path file = Files.writeString(folder.resolve("cordboard.yaml"), configuration(port, crm, pbx, quick));
            RunningServer server = RunningServer.start(ConfigFile.read(file, name -> null), clock, "demo");
            return new Stage(folder, crm, pbx, server);
        } catch (IOException e) {
            crm.close();
            pbx.close();
            throw new UncheckedIOException("the demo needs a folder for temporary files", e);
        }
    }

    /** Reads the contacts and lets the vendors call the server. */
    SyncReport open() {
        SyncReport report = server.cordboard().sync(CRM, (read, total) -> {});
        pbx.publish(hook(PBX));
        crm.outgoingWebhook(hook(CRM), Set.of());
        return report;
    }

    private URI hook(String account) {
        return Optional.ofNullable(server.hookUrls().get(account))
                .orElseThrow(() -> new IllegalStateException(account + " takes no webhooks"));
    }

    Bitrix24Sandbox crm() {
        return crm;
    }

    ZadarmaSandbox pbx() {
        return pbx;
    }

    RunningServer server() {
        return server;
    }

    /** {@return the extension of each agent by the CRM's user} */
    static Map<String, String> extensionByUser() {
        Map<String, String> extensions = new LinkedHashMap<>();
        extensions.put("17", "101");
        extensions.put("18", "102");
        extensions.put("19", "103");
        extensions.put("20", "104");
        return extensions;
    }

    private static String configuration(int port, Bitrix24Sandbox crm, ZadarmaSandbox pbx, boolean quick) {
        return """
                store: ./data
                region: RU
                http:
                  listen: 127.0.0.1:%d
                pbx:
                  - id: office
                %s    recordings: {delay: %s}
                crm:
                  - id: main
                %sagents:
                  - {name: Анна, extensions: {office: "101"}, users: {main: "17"}, timeZone: Europe/Moscow}
                  - {name: Борис, extensions: {office: "102"}, users: {main: "18"}, timeZone: Europe/Moscow}
                  - {name: Вера, extensions: {office: "103"}, users: {main: "19"}, timeZone: Europe/Moscow}
                  - {name: Глеб, extensions: {office: "104"}, users: {main: "20"}, timeZone: Europe/Moscow}
                rules: {missedTicket: always, unknownCaller: lead}
                settleAfter: %s
                """.formatted(
                        port, lines(pbx.config()), quick ? "500ms" : "5s", lines(crm.config()), quick ? "2s" : "5s");
    }

    private static String lines(Map<String, Object> config) {
        StringBuilder lines = new StringBuilder();
        config.forEach((key, value) ->
                lines.append("    ").append(key).append(": \"").append(value).append("\"\n"));
        return lines.toString();
    }

    @Override
    public void close() {
        server.close();
        pbx.close();
        crm.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's folder " + folder + " could not be removed", e);
        }
    }
}
