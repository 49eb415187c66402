// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import io.cordboard.directory.SyncReport;
import io.cordboard.server.config.ConfigFile;
import io.cordboard.server.config.ServerConfig;
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
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sandboxes and the real server of a demo, with a store of its own that goes away with it. */
final class Stage implements AutoCloseable {
    static final String PBX = "office";
    static final String CRM = "main";
    static final String LINE = "74951110001";

    private static final int CONTACTS = 10_000;

    private final Clock clock;
    private final Deque<Runnable> parts = new ArrayDeque<>();
    private boolean closed;
    private volatile @Nullable Bitrix24Sandbox crm;
    private volatile @Nullable ZadarmaSandbox pbx;
    private volatile @Nullable RunningServer server;

    Stage(Clock clock) {
        this.clock = clock;
    }

    /**
     * Starts the vendors' sandboxes.
     *
     * @param speed how many times faster than people the calls are
     */
    void raise(double speed) {
        Bitrix24Sandbox portal = Bitrix24Sandbox.start(SandboxOptions.DEFAULTS.withContacts(CONTACTS));
        keep(portal::close);
        crm = portal;
        ZadarmaSandbox exchange = ZadarmaSandbox.start(SandboxOptions.DEFAULTS);
        keep(exchange::close);
        pbx = exchange;
        exchange.turn(Map.of(
                "extensions",
                List.of("101", "102", "103", "104"),
                "line",
                LINE,
                "answerMillis",
                30_000,
                "speed",
                speed));
    }

    /**
     * Starts the server, reads the contacts and lets the vendors call the server.
     *
     * @param port the desk's port, or 0 for any that is free
     * @param quick whether nobody watches
     * @throws io.cordboard.server.run.InputException when the port is taken
     */
    SyncReport open(int port, boolean quick) {
        RunningServer started = RunningServer.start(config(port, quick), clock, "demo");
        keep(started::close);
        server = started;
        SyncReport report = started.cordboard().sync(CRM, (read, total) -> {});
        pbx().publish(hook(PBX));
        crm().outgoingWebhook(hook(CRM), Set.of());
        return report;
    }

    private ServerConfig config(int port, boolean quick) {
        try {
            Path folder = Files.createTempDirectory("cordboard-demo");
            keep(() -> remove(folder));
            // SQLite copies its library somewhere, and removes it only when the process ends by itself.
            System.setProperty("org.sqlite.tmpdir", folder.toString());
            Path file = Files.writeString(folder.resolve("cordboard.yaml"), configuration(port, crm(), pbx(), quick));
            return ConfigFile.read(file, name -> null);
        } catch (IOException e) {
            throw new UncheckedIOException("the demo needs a folder for temporary files", e);
        }
    }

    /** What is begun while the demo ends is ended at once. */
    private void keep(Runnable close) {
        synchronized (parts) {
            if (!closed) {
                parts.push(close);
                return;
            }
        }
        close.run();
    }

    private URI hook(String account) {
        return Optional.ofNullable(server().hookUrls().get(account))
                .orElseThrow(() -> new IllegalStateException(account + " takes no webhooks"));
    }

    Bitrix24Sandbox crm() {
        return running(crm);
    }

    ZadarmaSandbox pbx() {
        return running(pbx);
    }

    RunningServer server() {
        return running(server);
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

    /** {@return the name of the agent at an extension} */
    Optional<String> agentAt(String extension) {
        return server().cordboard().agents().stream()
                .map(view -> view.agent())
                .filter(agent -> agent.extensions().values().stream()
                        .anyMatch(at -> at.number().equals(extension)))
                .map(agent -> agent.name())
                .findFirst();
    }

    private static <T> T running(@Nullable T part) {
        return Optional.ofNullable(part).orElseThrow(() -> new IllegalStateException("the demo has not begun"));
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

    /** Ends the last part first; safe at any time, from any thread. */
    @Override
    public void close() {
        List<Runnable> all;
        synchronized (parts) {
            closed = true;
            all = List.copyOf(parts);
            parts.clear();
        }
        all.forEach(Runnable::run);
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's folder " + folder + " could not be removed", e);
        }
    }
}
