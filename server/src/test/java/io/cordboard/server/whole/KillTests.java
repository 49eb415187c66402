// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordboard.testkit.CrmBooks;
import io.cordboard.testkit.CrmSandbox;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the server at random moments under load, and counts what the CRM holds in the end. */
abstract class KillTests {
    private static final long SEED = Long.getLong("cordboard.seed", 20261122L);
    private static final int FIRST_EXTENSION = 100;
    private static final int AGENTS = 3;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "fedcba98765432100123";
    private static final String HOOK_SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private final int kills;
    private @Nullable ServerProcess running;

    /**
     * Creates the test of a CRM.
     *
     * @param kills how often the server is killed, unless {@code cordboard.kills} says something else
     */
    KillTests(int kills) {
        this.kills = Integer.getInteger("cordboard.kills", kills);
    }

    /** {@return the CRM, which lets through what it lets through in the field} */
    abstract CrmSandbox crm();

    /**
     * {@return what the configuration says of the CRM}
     *
     * @param crm the CRM
     */
    Map<String, Object> settings(CrmSandbox crm) {
        return crm.config();
    }

    /** What is left is only waited for; the limit has been met often enough. */
    abstract void hurry(CrmSandbox crm);

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
        try (CrmSandbox crm = crm();
                RecordingShop recordings = new RecordingShop()) {
            Map<String, String> users = users(crm.books());
            ServerProcess server =
                    new ServerProcess(configuration(crm, recordings, port), folder.resolve("server.log"), url);
            running = server;
            server.start();
            server.awaitUp();
            Chaos chaos = new Chaos(crm.faults(), new Random(SEED));
            try (ZadarmaLoad load = new ZadarmaLoad(
                    url.resolve("/hook/office/" + HOOK_SECRET), SECRET, Clock.systemUTC(), known(crm.books()))) {
                load.start(4, SEED);
                kill(server, chaos);
                load.close();
                chaos.calm();
                hurry(crm);
                awaitDelivered(crm.books(), load, url, users);
                int exit = server.stop();

                CrmAudit audit = new CrmAudit(crm.books(), load.told(), users);
                report(crm.vendor(), audit, load, chaos);
                assertThat(audit.findings()).as("what is wrong in the CRM").isEmpty();
                assertThat(audit.acknowledged()).as("the load").isGreaterThan(kills);
                assertThat(exit).as("exit code of a clean stop").isZero();
            }
        }
    }

    private void kill(ServerProcess server, Chaos chaos) throws Exception {
        Random random = new Random(SEED);
        for (int kill = 0; kill < kills; kill++) {
            chaos.turn();
            // The moment of the kill is what is tested: there is no condition to wait for.
            LockSupport.parkNanos(Duration.ofMillis(100 + random.nextInt(1_400)).toNanos());
            server.kill();
            server.start();
            server.awaitUp();
        }
    }

    /** Numbers of contacts whom the CRM has from the beginning, as far as they are written plainly. */
    private static List<String> known(CrmBooks books) {
        return books.contacts().stream()
                .flatMap(contact -> contact.phones().stream())
                .filter(number -> number.matches("\\+7[0-9]{10}"))
                .toList();
    }

    /** {@return the CRM's user of each extension} */
    private static Map<String, String> users(CrmBooks books) {
        Map<String, String> users = new TreeMap<>();
        for (int i = 0; i < AGENTS; i++) {
            users.put(Integer.toString(FIRST_EXTENSION + i), books.agents().get(i));
        }
        return users;
    }

    /** Whatever is written twice or wrongly is there when nothing is left to be delivered. */
    private static void awaitDelivered(CrmBooks books, ZadarmaLoad load, URI url, Map<String, String> users) {
        int calls = load.told().size();
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3).plusSeconds(calls))
                    .pollInterval(Duration.ofSeconds(1))
                    .during(Duration.ofSeconds(3))
                    .until(() -> new CrmAudit(books, load.told(), users).lost().isEmpty()
                            && deliveries(url, "pending") == 0);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "not delivered: " + new CrmAudit(books, load.told(), users).lost() + ", pending "
                            + answer(url, "pending") + ", parked " + answer(url, "parked"),
                    e);
        }
        assertThat(deliveries(url, "parked"))
                .as(() -> "parked deliveries " + answer(url, "parked"))
                .isZero();
    }

    private static int deliveries(URI url, String state) {
        String body = answer(url, state);
        try {
            return body.isEmpty()
                    ? Integer.MAX_VALUE
                    : JSON.readTree(body).get("deliveries").size();
        } catch (JsonProcessingException e) {
            throw new AssertionError(body, e);
        }
    }

    /** {@return what the server says, or nothing when it says nothing} */
    private static String answer(URI url, String state) {
        try {
            HttpRequest request = HttpRequest.newBuilder(url.resolve("/api/deliveries?state=" + state))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private void report(String vendor, CrmAudit audit, ZadarmaLoad load, Chaos chaos) throws IOException {
        Path target = Path.of("target", "reliability-" + vendor + ".txt");
        Files.createDirectories(target.toAbsolutePath().getParent());
        Files.writeString(
                target,
                "%s: kills %d, faults of the CRM %d, events acknowledged %d, %s, seed %d%n"
                        .formatted(vendor, kills, chaos.struck(), load.acknowledgedEvents(), audit.figures(), SEED));
    }

    private Path configuration(CrmSandbox crm, RecordingShop recordings, int port) throws IOException {
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
        users(crm.books())
                .forEach((extension, user) ->
                        lines.add("  - {name: Agent %s, extensions: {office: \"%s\"}, users: {main: \"%s\"}}"
                                .formatted(extension, extension, user)));
        Map<String, Object> account = new LinkedHashMap<>(settings(crm));
        account.put("id", "main");
        // YAML takes JSON.
        lines.add("crm: [" + JSON.writeValueAsString(account) + "]");
        return Files.write(folder.resolve("cordboard.yaml"), lines);
    }
}
