// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.bitrix24.Bitrix24Call;
import io.cordboard.testkit.bitrix24.Bitrix24Sandbox;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the server at random moments under load, and counts what the CRM holds in the end. */
final class KillTest {
    private static final int KILLS = Integer.getInteger("cordboard.kills", 50);
    private static final long SEED = Long.getLong("cordboard.seed", 20261122L);
    private static final String SECRET = "fedcba98765432100123";
    private static final String HOOK_SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    // The load is closed before it is counted, and once more, without effect, by the end of its block.
    @SuppressWarnings("try")
    @Test
    void everyAcknowledgedCallIsInTheCrmExactlyOnce() throws Exception {
        Random random = new Random(SEED);
        int port = ServerProcess.freePort();
        URI url = URI.create("http://127.0.0.1:" + port + "/");
        Path log = folder.resolve("server.log");
        try (Bitrix24Sandbox crm = Bitrix24Sandbox.start(
                SandboxOptions.DEFAULTS.withContacts(200).withStrict(false).withLimits(false))) {
            ServerProcess server = new ServerProcess(configuration(crm, port), log, url);
            server.start();
            server.awaitUp();
            Set<String> acknowledged;
            long events;
            try (ZadarmaLoad load =
                    new ZadarmaLoad(url.resolve("/hook/office/" + HOOK_SECRET), SECRET, Clock.systemUTC())) {
                load.start(4, SEED);
                for (int kill = 0; kill < KILLS; kill++) {
                    // The moment of the kill is what is tested: there is no condition to wait for.
                    LockSupport.parkNanos(
                            Duration.ofMillis(100 + random.nextInt(1_400)).toNanos());
                    server.kill();
                    server.start();
                    server.awaitUp();
                }
                load.close();
                acknowledged = load.acknowledged();
                events = load.acknowledgedEvents();
            }
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> missing(crm, acknowledged).isEmpty());
            // Whatever was written twice would be there by now; the last retries of the CRM writes end within this
            // time.
            Awaitility.await()
                    .during(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> missing(crm, acknowledged).isEmpty());
            int exit = server.stop();

            Set<String> lost = missing(crm, acknowledged);
            Map<String, Long> duplicated = duplicated(crm);
            report(acknowledged.size(), events, lost.size(), duplicated.size());
            assertThat(lost).as("acknowledged calls that the CRM does not hold").isEmpty();
            assertThat(duplicated).as("calls that the CRM holds twice").isEmpty();
            assertThat(acknowledged).as("the load").hasSizeGreaterThan(KILLS);
            assertThat(exit).as("exit code of a clean stop").isZero();
        }
    }

    private static Set<String> finished(Bitrix24Sandbox crm) {
        return crm.calls().stream()
                .filter(Bitrix24Call::finished)
                .map(KillTest::pbxCallId)
                .collect(Collectors.toSet());
    }

    private static Set<String> missing(Bitrix24Sandbox crm, Set<String> acknowledged) {
        Set<String> missing = new HashSet<>(acknowledged);
        missing.removeAll(finished(crm));
        return missing;
    }

    private static Map<String, Long> duplicated(Bitrix24Sandbox crm) {
        return crm.calls().stream()
                .filter(Bitrix24Call::finished)
                .collect(Collectors.groupingBy(KillTest::pbxCallId, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > 1)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String pbxCallId(Bitrix24Call call) {
        String external = String.valueOf(call.externalCallId());
        int begin = external.indexOf("in_");
        return begin < 0 ? external : external.substring(begin);
    }

    private static void report(int calls, long events, int lost, int duplicated) throws Exception {
        Path target = Path.of("target", "reliability.txt");
        Files.createDirectories(target.toAbsolutePath().getParent());
        Files.writeString(
                target,
                "kills %d, events acknowledged %d, calls acknowledged %d, lost %d, duplicated %d, seed %d%n"
                        .formatted(KILLS, events, calls, lost, duplicated, SEED));
    }

    private Path configuration(Bitrix24Sandbox crm, int port) throws Exception {
        List<String> lines = List.of(
                "store: " + folder.resolve("data"),
                "region: RU",
                "http:",
                "  listen: 127.0.0.1:" + port,
                "pbx:",
                "  - id: office",
                "    type: zadarma",
                "    key: 0123456789abcdef0123",
                "    secret: " + SECRET,
                "    apiUrl: http://127.0.0.1:9/",
                "    timeZone: UTC",
                "    hookSecret: " + HOOK_SECRET,
                "crm:",
                "  - id: main",
                "    type: bitrix24",
                "    webhookUrl: " + crm.webhookUrl(),
                "    requestsPerSecond: 50",
                "    burst: 250",
                "agents:",
                "  - {name: Anna, extensions: {office: \"100\"}, users: {main: \"1\"}}",
                "  - {name: Boris, extensions: {office: \"101\"}, users: {main: \"2\"}}",
                "  - {name: Vera, extensions: {office: \"102\"}, users: {main: \"3\"}}",
                "settleAfter: 500ms");
        return Files.write(folder.resolve("cordboard.yaml"), lines);
    }
}
