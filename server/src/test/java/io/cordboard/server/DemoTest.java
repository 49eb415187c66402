// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    private static final String DESK = "Agent desk: ";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aCrmThatIsNotThereIsRefused() {
        assertThat(demo("--crm", "zadarma")).isEqualTo(Main.BAD_INPUT);
        assertThat(said()).contains("--crm is one of amocrm, bitrix24, salesforce, not zadarma");
    }

    @Test
    void aPortThatIsTakenIsSaidAtOnceWithWhatToDo() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(demo("--port", Integer.toString(other.getLocalPort()))).isEqualTo(Main.BAD_INPUT);
            assertThat(said())
                    .startsWith("port " + other.getLocalPort() + " cannot be used")
                    .contains("choose another one with --port");
        }
    }

    @Test
    void aPortThatDoesNotExistIsRefused() {
        assertThat(demo("--port", "70000")).isEqualTo(Main.BAD_INPUT);
        assertThat(said()).contains("--port is a number from 0 to 65535, not 70000");
    }

    @Test
    void aDemoThatIsStoppedShowsItsDeskUntilThenAndLeavesNothingBehind(@TempDir Path folder) throws Exception {
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "demo",
                        "--port",
                        "0")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> before = readUntil(lines, "until you press Ctrl-C");
            String desk = before.stream()
                    .filter(line -> line.startsWith(DESK))
                    .findFirst()
                    .orElseThrow();
            HttpRequest request = HttpRequest.newBuilder(URI.create(desk.substring(DESK.length())))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, BodyHandlers.ofString())
                            .body())
                    .contains("<title>Cordboard</title>");
            // Unlike the process itself, its handle leaves the output open, of which the last line is wanted.
            demo.toHandle().destroy();
            assertThat(readUntil(lines, "the end of its output"))
                    .contains("The demo has ended; its temporary store is removed.");
            assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(demo.exitValue()).isZero();
        } finally {
            demo.destroyForcibly();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private static List<String> readUntil(BufferedReader lines, String words) throws IOException {
        List<String> read = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            read.add(line);
            if (line.contains(words)) {
                break;
            }
        }
        return read;
    }

    private int demo(String... arguments) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>(List.of("demo"));
        all.addAll(List.of(arguments));
        return Main.run(new Console(stream, stream, Map.of(), Clock.systemUTC()), all.toArray(String[]::new));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
