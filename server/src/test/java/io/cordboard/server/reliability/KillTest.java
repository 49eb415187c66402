// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.bitrix24.Bitrix24Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the server at random moments under load, and counts what the CRM holds in the end. */
final class KillTest {
    private static final int KILLS = Integer.getInteger("cordboard.kills", 50);
    private static final long SEED = Long.getLong("cordboard.seed", 20261122L);
    /** What the largest plan lets through. */
    private static final int REQUESTS_PER_SECOND = 5;

    private static final int BURST = 250;
    private static final int CONTACTS = 3;
    private static final Map<String, Integer> USERS = new TreeMap<>(Map.of("100", 17, "101", 18, "102", 19));
    private static final String SECRET = "fedcba98765432100123";
    private static final String HOOK_SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private @Nullable ServerProcess running;

    @AfterEach
    void end() throws InterruptedException {
        if (running != null) {
            running.kill();
        }
    }

    // The load is closed before it is counted, and once more, without effect, by the end of its block.
    @SuppressWarnings("try")
    @Test
    void everyAcknowledgedCallIsInTheCrmExactlyOnce() throws Exception {
        int port = ServerProcess.freePort();
        URI url = URI.create("http://127.0.0.1:" + port + "/");
        try (Bitrix24Sandbox crm = Bitrix24Sandbox.start(
                        SandboxOptions.DEFAULTS.withContacts(200).withStrict(false));
                RecordingShop recordings = new RecordingShop()) {
            crm.limit(REQUESTS_PER_SECOND, BURST);
            ServerProcess server =
                    new ServerProcess(configuration(crm, recordings, port), folder.resolve("server.log"), url);
            running = server;
            server.start();
            server.awaitUp();
            Chaos chaos = new Chaos(crm.faults(), new Random(SEED));
            try (ZadarmaLoad load = new ZadarmaLoad(
                    url.resolve("/hook/office/" + HOOK_SECRET), SECRET, Clock.systemUTC(), known(crm))) {
                load.start(4, SEED);
                kill(server, chaos);
                load.close();
                chaos.calm();
                // What is left is only waited for; the limit has been met often enough.
                crm.limit(10 * REQUESTS_PER_SECOND, BURST);
                awaitDelivered(crm, load, url);
                int exit = server.stop();

                CrmAudit audit = new CrmAudit(crm, load.told(), USERS);
                report(audit, load, chaos);
                assertThat(audit.findings()).as("what is wrong in the CRM").isEmpty();
                assertThat(audit.acknowledged()).as("the load").isGreaterThan(KILLS);
                assertThat(exit).as("exit code of a clean stop").isZero();
            }
        }
    }

    private static void kill(ServerProcess server, Chaos chaos) throws Exception {
        Random random = new Random(SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            chaos.turn();
            // The moment of the kill is what is tested: there is no condition to wait for.
            LockSupport.parkNanos(Duration.ofMillis(100 + random.nextInt(1_400)).toNanos());
            server.kill();
            server.start();
            server.awaitUp();
        }
    }

    /** Numbers of contacts whom the CRM has from the beginning, as far as they are written plainly. */
    private static List<String> known(Bitrix24Sandbox crm) {
        return crm.items(CONTACTS).stream()
                .flatMap(contact -> contact.get("PHONE") instanceof List<?> phones ? phones.stream() : Stream.of())
                .map(String::valueOf)
                .filter(number -> number.matches("\\+7[0-9]{10}"))
                .toList();
    }

    /** Whatever is written twice or wrongly is there when nothing is left to be delivered. */
    private static void awaitDelivered(Bitrix24Sandbox crm, ZadarmaLoad load, URI url) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofSeconds(1))
                .during(Duration.ofSeconds(3))
                .until(() -> new CrmAudit(crm, load.told(), USERS).lost().isEmpty() && deliveries(url, "pending") == 0);
        assertThat(deliveries(url, "parked")).as("parked deliveries").isZero();
    }

    private static int deliveries(URI url, String state) {
        try {
            HttpRequest request = HttpRequest.newBuilder(url.resolve("/api/deliveries?state=" + state))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            String body = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
            return new ObjectMapper().readTree(body).get("deliveries").size();
        } catch (IOException e) {
            return Integer.MAX_VALUE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Integer.MAX_VALUE;
        }
    }

    private static void report(CrmAudit audit, ZadarmaLoad load, Chaos chaos) throws IOException {
        Path target = Path.of("target", "reliability.txt");
        Files.createDirectories(target.toAbsolutePath().getParent());
        Files.writeString(
                target,
                "kills %d, faults of the CRM %d, events acknowledged %d, %s, seed %d%n"
                        .formatted(KILLS, chaos.struck(), load.acknowledgedEvents(), audit.figures(), SEED));
    }

    private Path configuration(Bitrix24Sandbox crm, RecordingShop recordings, int port) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "store: " + folder.resolve("data"),
                "region: RU",
                "http:",
                "  listen: 127.0.0.1:" + port,
                "pbx:",
                "  - id: office",
                "    type: zadarma",
                "    key: 0123456789abcdef0123",
                "    secret: " + SECRET,
                "    apiUrl: " + recordings.url(),
                "    timeZone: UTC",
                "    hookSecret: " + HOOK_SECRET,
                "rules: {missedTicket: always}",
                "settleAfter: 500ms",
                "agents:"));
        USERS.forEach((extension, user) ->
                lines.add("  - {name: Agent %s, extensions: {office: \"%s\"}, users: {main: \"%d\"}}"
                        .formatted(extension, extension, user)));
        lines.addAll(List.of(
                "crm:",
                "  - id: main",
                "    type: bitrix24",
                "    webhookUrl: " + crm.webhookUrl(),
                "    requestsPerSecond: " + REQUESTS_PER_SECOND,
                "    burst: " + BURST));
        return Files.write(folder.resolve("cordboard.yaml"), lines);
    }
}
