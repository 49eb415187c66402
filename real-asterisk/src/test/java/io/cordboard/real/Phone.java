// SPDX-License-Identifier: Apache-2.0
package io.cordboard.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** One telephone: sipp with a scenario, and what it saw on the wire. */
final class Phone implements AutoCloseable {
    private final String scenario;
    private final Path folder;
    private final Process process;

    private Phone(String scenario, Path folder, Process process) {
        this.scenario = scenario;
        this.folder = folder;
        this.process = process;
    }

    /**
     * {@return a telephone that does what a scenario says, now}
     *
     * @param rack what all telephones share
     * @param address its address on the loopback network
     * @param scenario the name of a scenario
     * @param words what the scenario is filled with
     */
    static Phone start(Rack rack, String address, String scenario, Map<String, String> words) throws IOException {
        Path folder = Files.createTempDirectory(rack.folder(), scenario);
        Map<String, String> all = new HashMap<>(words);
        all.put("sip", Integer.toString(rack.ports().sip()));
        all.put("sound", rack.sound().toString());
        Path file =
                Files.writeString(folder.resolve("scenario.xml"), Asterisk.filled("/sipp/" + scenario + ".xml", all));
        List<String> command = new ArrayList<>(List.of(
                rack.programs().sipp().toString(),
                "-sf",
                file.toString(),
                "-i",
                address,
                "-mi",
                address,
                "-p",
                Integer.toString(rack.ports().sip()),
                "-m",
                "1",
                "-nostdin",
                // Whatever Asterisk tells by NOTIFY and UPDATE is acknowledged.
                "-aa",
                "-timeout",
                "90s",
                "-timeout_error",
                "-trace_msg",
                "-message_file",
                folder.resolve("messages.txt").toString(),
                "-trace_err",
                "-error_file",
                folder.resolve("errors.txt").toString(),
                "127.0.0.1:" + rack.ports().sip()));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("screen.txt").toFile())
                .start();
        return new Phone(scenario, folder, process);
    }

    /** {@return everything that was said on the wire, or nothing yet} */
    private String messages() {
        return read("messages.txt");
    }

    private String read(String name) {
        try {
            Path file = folder.resolve(name);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean rang() {
        return messages().contains("SIP/2.0 180 Ringing");
    }

    boolean wasCalled() {
        return messages().contains("INVITE sip:");
    }

    boolean talks() {
        return messages().contains("ACK sip:");
    }

    void await(String what, Predicate<Phone> condition) {
        Awaitility.await(what + ": " + this)
                .atMost(Duration.ofSeconds(40))
                .until(() -> condition.test(this) || ended());
        assertThat(condition.test(this)).as(what + ": " + this).isTrue();
    }

    private boolean ended() {
        return !process.isAlive();
    }

    /** Waits until everything went as the scenario says. */
    void done() throws InterruptedException {
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("%s ended", this).isTrue();
        assertThat(process.exitValue()).as("%s: %s", this, troubles()).isZero();
    }

    private String troubles() {
        return read("errors.txt") + read("screen.txt") + messages();
    }

    @Override
    public String toString() {
        return "sipp that " + scenario;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /**
     * What all telephones share.
     *
     * @param programs where sipp is
     * @param folder where they write
     * @param ports the port of SIP
     * @param sound what callers say, in G.711
     */
    record Rack(Programs programs, Path folder, Ports ports, Path sound) {}
}
