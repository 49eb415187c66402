// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordboard.directory.SyncReport;
import io.cordboard.server.config.ConfigFile;
import io.cordboard.server.config.ServerConfig;
import io.cordboard.server.run.RunningServer;
import io.cordboard.testkit.CrmBooks;
import io.cordboard.testkit.CrmSandbox;
import io.cordboard.testkit.PbxSandbox;
import io.cordboard.testkit.Sandbox;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.Sandboxes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sandboxes and the real server of a demo, with a store of its own that goes away with it. */
final class Stage implements AutoCloseable {
    static final String PBX = "office";
    static final String CRM = "main";
    static final String LINE = "74951110001";

    private static final int CONTACTS = 10_000;
    private static final int FIRST_EXTENSION = 101;
    private static final List<String> AGENTS = List.of("Анна", "Борис", "Вера", "Глеб");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Clock clock;
    private final Vendors vendors;
    private final Deque<Runnable> parts = new ArrayDeque<>();
    private boolean closed;
    private volatile @Nullable CrmSandbox crm;
    private volatile @Nullable PbxSandbox pbx;
    private volatile @Nullable RunningServer server;

    /**
     * Creates a stage that is empty.
     *
     * @param clock the time
     * @param vendors whose systems are shown
     */
    Stage(Clock clock, Vendors vendors) {
        this.clock = clock;
        this.vendors = vendors;
    }

    /**
     * Starts the vendors' sandboxes.
     *
     * @param speed how many times faster than people the calls are
     */
    void raise(double speed) {
        Sandbox started = Sandboxes.start(vendors.crm(), SandboxOptions.DEFAULTS.withContacts(CONTACTS));
        keep(started::close);
        if (!(started instanceof CrmSandbox sandbox)) {
            throw new IllegalArgumentException(vendors.crm() + " is no CRM");
        }
        crm = sandbox;
        Sandbox office = Sandboxes.start(vendors.pbx(), SandboxOptions.DEFAULTS);
        keep(office::close);
        if (!(office instanceof PbxSandbox exchange)) {
            throw new IllegalArgumentException(vendors.pbx() + " is no PBX whose calls can be played");
        }
        pbx = exchange;
        exchange.furnish(List.of("101", "102", "103", "104"), LINE, speed);
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
        Optional.ofNullable(started.hookUrls().get(CRM)).ifPresent(books()::tell);
        return report;
    }

    private ServerConfig config(int port, boolean quick) {
        try {
            Path folder = Files.createTempDirectory("cordboard-demo");
            keep(() -> remove(folder));
            // SQLite copies its library somewhere, and removes it only when the process ends by itself.
            System.setProperty("org.sqlite.tmpdir", folder.toString());
            Path file = Files.writeString(folder.resolve("cordboard.yaml"), configuration(port, quick));
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

    CrmSandbox crm() {
        return running(crm);
    }

    CrmBooks books() {
        return crm().books();
    }

    PbxSandbox pbx() {
        return running(pbx);
    }

    RunningServer server() {
        return running(server);
    }

    /** {@return the extension of each agent by the CRM's user} */
    Map<String, String> extensionByUser() {
        Map<String, String> extensions = new LinkedHashMap<>();
        for (int i = 0; i < AGENTS.size(); i++) {
            extensions.put(books().agents().get(i), Integer.toString(FIRST_EXTENSION + i));
        }
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

    private String configuration(int port, boolean quick) {
        return """
                store: ./data
                region: RU
                http:
                  listen: 127.0.0.1:%d
                pbx:
                  - id: office
                %s    recordings: {delay: %s%s}
                crm:
                  - id: main
                %sagents:
                %srules: {missedTicket: always, unknownCaller: lead}
                settleAfter: %s
                """.formatted(
                        port,
                        lines(pbx().config()),
                        quick ? "500ms" : "5s",
                        // amoCRM keeps addresses of recordings and no files; Mango's own links work only once.
                        pbx().vendor().equals("mango") && crm().vendor().equals("amocrm") ? ", by: link" : "",
                        lines(crm().config()),
                        agents(),
                        quick ? "2s" : "5s");
    }

    private String agents() {
        StringBuilder lines = new StringBuilder();
        Iterator<String> names = AGENTS.iterator();
        extensionByUser()
                .forEach((user, extension) -> lines.append(
                        "  - {name: %s, extensions: {office: \"%s\"}, users: {main: \"%s\"}, timeZone: Europe/Moscow}%n"
                                .formatted(names.next(), extension, user)));
        return lines.toString();
    }

    private static String lines(Map<String, Object> config) {
        StringBuilder lines = new StringBuilder();
        config.forEach((key, value) -> lines.append("    ")
                .append(key)
                .append(": ")
                .append(value(value))
                .append('\n'));
        return lines.toString();
    }

    /** YAML takes JSON. */
    private static String value(Object value) {
        try {
            return JSON.writeValueAsString(value instanceof Map ? value : String.valueOf(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
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
