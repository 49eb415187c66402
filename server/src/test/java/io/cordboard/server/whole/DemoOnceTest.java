// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.server.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of call, once, into each CRM and out of each PBX. The demos are processes of their own and run beside each
 * other.
 */
final class DemoOnceTest {
    private static final Map<String, Integer> KINDS =
            Map.of("--crm bitrix24", 21, "--crm salesforce", 20, "--pbx mango", 21, "--pbx mango --crm amocrm", 21);
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
        for (String whose : KINDS.keySet()) {
            demos.put(whose, start(whose));
        }

        for (String whose : KINDS.keySet()) {
            Process demo = Objects.requireNonNull(demos.get(whose));
            boolean ended = demo.waitFor(MINUTES, TimeUnit.MINUTES);
            String said = Files.readString(output(whose));
            assertThat(ended).as(said).isTrue();
            assertThat(demo.exitValue()).as(said).isZero();
            assertThat(said)
                    .contains(KINDS.get(whose) + " of " + KINDS.get(whose)
                            + " calls are in the CRM as they happened; nothing is there twice, nothing is missing.");
        }
    }

    private Process start(String whose) throws IOException {
        Path own = Files.createDirectory(folder.resolve(whose.replace(" ", "")));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + own,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "demo",
                "--once"));
        command.addAll(List.of(whose.split(" ")));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output(whose).toFile())
                .start();
    }

    private Path output(String whose) {
        return folder.resolve(whose.replace(" ", "") + ".txt");
    }
}
