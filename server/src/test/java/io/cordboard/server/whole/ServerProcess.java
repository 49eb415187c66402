// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.whole;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The server, run as users run it: a process of its own that can be killed. */
public final class ServerProcess {
    private static final int LONGEST_STOP_SECONDS = 15;

    private final Path config;
    private final Path log;
    private final URI url;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private @Nullable Process process;

    public ServerProcess(Path config, Path log, URI url) {
        this.config = config;
        this.log = log;
        this.url = url;
    }

    /**
     * {@return a port that nobody listens on}
     *
     * <p>None of those that a system gives to outgoing connections: while the server is down, one of these could take
     * its place, even the connection of a client that tries to reach it.
     */
    public static int freePort() throws IOException {
        for (int port = ThreadLocalRandom.current().nextInt(20_000, 30_000); port < 32_000; port++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (BindException e) {
                // The next one may be free.
            }
        }
        throw new IOException("there is no free port");
    }

    public void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.cordboard.server.Main",
                        "run",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    public void awaitUp() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(50))
                .failFast(this::mustRun)
                .until(this::answers);
    }

    private void mustRun() throws IOException {
        Process started = process;
        if (started != null && !started.isAlive()) {
            List<String> lines = Files.readAllLines(log);
            List<String> last = lines.subList(Math.max(0, lines.size() - 10), lines.size());
            throw new AssertionError("the server ended with " + started.exitValue() + ": " + String.join("\n", last));
        }
    }

    boolean answers() {
        try {
            HttpRequest request = HttpRequest.newBuilder(url.resolve("/health"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** As {@code kill -9} does it: no chance to finish anything. */
    public void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            running.waitFor();
        }
    }

    /** As an administrator does it: asks the process to end, and tells its exit code. */
    public int stop() throws InterruptedException {
        Process running = process;
        if (running == null) {
            return 0;
        }
        running.destroy();
        if (!running.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the server did not stop within " + LONGEST_STOP_SECONDS + " seconds");
        }
        return running.exitValue();
    }
}
