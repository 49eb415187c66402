// SPDX-License-Identifier: Apache-2.0
package io.cordboard.real;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real Asterisk on loopback, with the configuration that the connector's page recommends. */
final class Asterisk {
    private static final List<String> FILES = List.of(
            "asterisk",
            "cdr",
            "cdr_manager",
            "extensions",
            "features",
            "indications",
            "logger",
            "manager",
            "modules",
            "pjsip",
            "queues",
            "rtp");

    private final Programs programs;
    private final Path folder;
    private final Ports ports;
    private @Nullable Process process;

    Asterisk(Programs programs, Path folder, Ports ports) throws IOException {
        this.programs = programs;
        this.folder = folder;
        this.ports = ports;
        for (String name : List.of("etc", "lib/keys", "spool/monitor", "run", "log", "data/sounds/en")) {
            Files.createDirectories(folder.resolve(name));
        }
        fillData();
        for (String name : FILES) {
            Files.writeString(folder.resolve("etc/" + name + ".conf"), filled("/asterisk/" + name + ".conf", words()));
        }
        for (String sample :
                List.of("acl", "stasis", "udptl", "ccss", "pjproject", "res_parking", "musiconhold", "cel")) {
            Files.writeString(folder.resolve("etc/" + sample + ".conf"), "");
        }
    }

    /** What Asterisk knows of itself; the prompts that it plays during a transfer are silence here. */
    private void fillData() throws IOException {
        try (Stream<Path> all = Files.list(programs.folder().resolve("root/usr/share/asterisk"))) {
            for (Path one : all.toList()) {
                if (!one.endsWith("sounds")) {
                    Files.createSymbolicLink(folder.resolve("data").resolve(one.getFileName()), one);
                }
            }
        }
        byte[] silence = new byte[800];
        Arrays.fill(silence, (byte) 0xff);
        for (String prompt : List.of("pbx-transfer", "beep", "beeperr", "pbx-invalid")) {
            Files.write(folder.resolve("data/sounds/en/" + prompt + ".ulaw"), silence);
        }
    }

    private Map<String, String> words() throws IOException {
        return Map.of(
                "run", folder.toString(),
                "root", programs.folder().resolve("root").toString(),
                "libs", libraries(),
                "sip", Integer.toString(ports.sip()),
                "ami", Integer.toString(ports.ami()),
                "agi", Integer.toString(ports.agi()),
                "rtp", Integer.toString(ports.rtp()),
                "rtpEnd", Integer.toString(ports.rtp() + 99));
    }

    private String libraries() throws IOException {
        try (Stream<Path> all = Files.list(programs.folder().resolve("root/usr/lib"))) {
            return "usr/lib/"
                    + all.map(path -> path.getFileName().toString())
                            .filter(name -> name.endsWith("-linux-gnu"))
                            .findFirst()
                            .orElseThrow();
        }
    }

    /** {@return a resource with the words between two @ filled in} */
    static String filled(String resource, Map<String, String> words) throws IOException {
        try (InputStream in = Objects.requireNonNull(Asterisk.class.getResourceAsStream(resource), resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> word : words.entrySet()) {
                text = text.replace("@" + word.getKey() + "@", word.getValue());
            }
            return text;
        }
    }

    Asterisk start() throws IOException {
        process = new ProcessBuilder(
                        programs.asterisk().toString(),
                        "-f",
                        "-C",
                        folder.resolve("etc/asterisk.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("console.txt").toFile()))
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .failFast(
                        "Asterisk ended: see " + folder.resolve("console.txt"),
                        () -> !process().isAlive())
                .until(this::isBooted);
        return this;
    }

    /** The manager interface listens before everything is loaded. */
    private boolean isBooted() throws IOException, InterruptedException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports.ami())) {
            return socket.isConnected() && command("core waitfullybooted").contains("fully booted");
        } catch (java.net.ConnectException e) {
            return false;
        }
    }

    /** {@return what Asterisk's own console answers} */
    String command(String words) throws IOException, InterruptedException {
        Process console = new ProcessBuilder(
                        programs.asterisk().toString(),
                        "-C",
                        folder.resolve("etc/asterisk.conf").toString(),
                        "-rx",
                        words)
                .redirectErrorStream(true)
                .start();
        String text = new String(console.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean ended = console.waitFor(10, TimeUnit.SECONDS);
        return ended ? text : "";
    }

    private Process process() {
        return Objects.requireNonNull(process, "Asterisk was not started");
    }

    /** As when the machine loses its power. */
    void kill() throws InterruptedException {
        process().destroyForcibly().waitFor();
    }

    Path recordings() {
        return folder.resolve("spool/monitor");
    }

    void close() throws InterruptedException {
        if (process != null) {
            process().destroy();
            if (!process().waitFor(5, TimeUnit.SECONDS)) {
                kill();
            }
        }
    }
}
