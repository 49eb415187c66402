// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.server.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of call, once, into each CRM. The demos are processes of their own and run beside each other. */
final class DemoOnceTest {
    private static final Map<String, Integer> KINDS = Map.of("bitrix24", 21, "amocrm", 21, "salesforce", 20);
    private static final int MINUTES = 8;

    @TempDir
    private Path folder;

    private final Map<String, Process> demos = new LinkedHashMap<>();

    @AfterEach
    void end() {
        demos.values().forEach(Process::destroyForcibly);
    }

    @Test
    void everyKindOfCallEndsUpInTheCrmExactlyOnce() throws Exception {
        for (String crm : KINDS.keySet()) {
            demos.put(crm, start(crm));
        }

        for (String crm : KINDS.keySet()) {
            Process demo = Objects.requireNonNull(demos.get(crm));
            boolean ended = demo.waitFor(MINUTES, TimeUnit.MINUTES);
            String said = Files.readString(output(crm));
            assertThat(ended).as(said).isTrue();
            assertThat(demo.exitValue()).as(said).isZero();
            assertThat(said)
                    .contains(KINDS.get(crm) + " of " + KINDS.get(crm)
                            + " calls are in the CRM as they happened; nothing is there twice, nothing is missing.");
        }
    }

    private Process start(String crm) throws IOException {
        Path own = Files.createDirectory(folder.resolve(crm));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + own,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "demo",
                        "--once",
                        "--crm",
                        crm)
                .redirectErrorStream(true)
                .redirectOutput(output(crm).toFile())
                .start();
    }

    private Path output(String crm) {
        return folder.resolve(crm + ".txt");
    }
}
