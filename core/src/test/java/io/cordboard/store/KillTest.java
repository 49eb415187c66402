// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.call.CallEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
    private static final int KILLS = 5;

    @TempDir
    private Path folder;

    @Test
    void everyAcknowledgedEventIsThereAfterTheProcessWasKilled() throws Exception {
        Random random = new Random(20261122);
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < KILLS; round++) {
            acknowledged.addAll(writeUntilKilled("r" + round, 1 + random.nextInt(1_500)));
        }

        Map<String, Set<String>> stored = new HashMap<>();
        try (SqliteStore store = SqliteStore.open(folder, Clock.systemUTC())) {
            for (String line : acknowledged) {
                String[] parts = line.split(" ", 2);
                Set<String> keys = stored.computeIfAbsent(parts[0], call -> keys(store, call));
                assertThat(keys).contains("queued/q" + parts[1]);
            }
        }
        assertThat(acknowledged).hasSizeGreaterThan(KILLS);
    }

    private static Set<String> keys(SqliteStore store, String call) {
        return store.calls().events(Samples.id(call)).stream()
                .map(CallEvent::key)
                .collect(Collectors.toSet());
    }

    /** {@return the whole lines that the process wrote; it is killed after some of them} */
    private List<String> writeUntilKilled(String round, int after) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        folder.toString(),
                        round)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        StringBuilder text = new StringBuilder();
        int lines = 0;
        try (var reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            int c;
            while ((c = reader.read()) >= 0) {
                text.append((char) c);
                if (c == '\n' && ++lines == after) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("killed, not ended").isEqualTo(128 + 9);
        int end = text.lastIndexOf("\n");
        return end < 0 ? List.of() : List.of(text.substring(0, end).split("\n"));
    }
}
