// SPDX-License-Identifier: Apache-2.0
package io.cordboard.benchmarks;

import io.cordboard.Cordboard;
import io.cordboard.agent.Agent;
import io.cordboard.agent.AgentRoster;
import io.cordboard.call.Extension;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.server.config.DeskConfig;
import io.cordboard.server.config.HttpConfig;
import io.cordboard.server.web.About;
import io.cordboard.server.web.WebServer;
import io.cordboard.store.SqliteStore;
import io.cordboard.zadarma.Zadarma;
import io.cordboard.zadarma.ZadarmaSettings;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * From a webhook of an arriving call to its answer (signature, fsync of the event, lookup among 100,000 contacts,
 * route), at 500 requests a second, beside the same web server answering a constant.
 */
final class WebhookBenchmark {
    private static final int CONTACTS = 100_000;
    private static final int PER_SECOND = 500;
    private static final int REQUESTS = 5_000;
    private static final int ROUNDS = 5;
    private static final String SECRET = "fedcba98765432100123";
    private static final String HOOK = "0123456789abcdef0123456789abcdef";

    private WebhookBenchmark() {}

    static void run(Path folder, PrintStream out) throws Exception {
        Clock clock = Clock.systemUTC();
        try (SqliteStore store = SqliteStore.open(folder, clock)) {
            store.contacts().put(People.some(CONTACTS), 1);
            ZadarmaSettings settings = ZadarmaSettings.of(Map.of(
                    "key",
                    "0123456789abcdef0123",
                    "secret",
                    SECRET,
                    "apiUrl",
                    "http://127.0.0.1:9",
                    "timeZone",
                    "UTC"));
            Zadarma zadarma =
                    Zadarma.create(new ConnectorContext("office", "RU", clock, store.memory("office")), settings);
            Agent anna =
                    new Agent("Anna", Map.of("office", new Extension("100")), Map.of("main", "1"), ZoneId.of("UTC"));
            try (Cordboard cordboard = Cordboard.builder(store)
                            .agents(AgentRoster.of(List.of(anna)))
                            .pbx(zadarma)
                            .pbx(new Constant("constant"))
                            .build();
                    WebServer web = new WebServer(http(), cordboard, about(), clock)) {
                cordboard.start();
                web.start();
                measure(URI.create("http://127.0.0.1:" + web.port() + "/hook/"), clock, out);
            }
        }
    }

    private static HttpConfig http() {
        return new HttpConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static About about() {
        return new About(
                "benchmark",
                "",
                List.of(),
                Map.of("office", HOOK, "constant", HOOK),
                Map::of,
                new DeskConfig(List.of(), List.of()));
    }

    private static void measure(URI hooks, Clock clock, PrintStream out) throws InterruptedException {
        Serial serial = new Serial(clock);
        URI real = hooks.resolve("office/" + HOOK);
        URI constant = hooks.resolve("constant/" + HOOK);
        try (OpenLoop loop = new OpenLoop(PER_SECOND)) {
            rounds(loop, real, constant, serial, out);
        }
    }

    private static void rounds(OpenLoop loop, URI real, URI constant, Serial serial, PrintStream out)
            throws InterruptedException {
        out.println("### Webhook to answer, " + PER_SECOND + " requests/s, " + CONTACTS + " contacts");
        out.println("| round | arriving call p50 / p99 ms | constant p50 / p99 ms | ratio p50 / p99 |");
        out.println("|---|---|---|---|");
        for (int round = 0; round <= ROUNDS; round++) {
            Percentiles ours = loop.run(real, serial.next(REQUESTS));
            Percentiles bare = loop.run(constant, serial.next(REQUESTS));
            out.printf(
                    "| %d | %.2f / %.2f | %.2f / %.2f | %.2f / %.2f |%n",
                    round,
                    ours.millis(0.5),
                    ours.millis(0.99),
                    bare.millis(0.5),
                    bare.millis(0.99),
                    ours.millis(0.5) / bare.millis(0.5),
                    ours.millis(0.99) / bare.millis(0.99));
        }
    }

    /** Arriving calls of people in the directory, each with its signature. */
    private static final class Serial {
        private static final DateTimeFormatter WALL_CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

        private final Clock clock;
        private int calls;

        Serial(Clock clock) {
            this.clock = clock;
        }

        List<OpenLoop.Message> next(int messages) {
            return Stream.generate(this::next).limit(messages).toList();
        }

        private OpenLoop.Message next() {
            int call = calls++;
            String start = WALL_CLOCK.format(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
            String caller = People.number((int) (call * 7_919L % CONTACTS));
            String body = "event=NOTIFY_START&call_start=" + encode(start) + "&pbx_call_id=in_" + "0".repeat(32)
                    + HexFormat.of().toHexDigits(call) + "&caller_id=" + encode(caller) + "&called_did=74951110001";
            return new OpenLoop.Message(body, signature(caller + "74951110001" + start));
        }

        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }

        private static String signature(String text) {
            try {
                Mac mac = Mac.getInstance("HmacSHA1");
                mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
                String hex = HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
                return Base64.getEncoder().encodeToString(hex.getBytes(StandardCharsets.US_ASCII));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
