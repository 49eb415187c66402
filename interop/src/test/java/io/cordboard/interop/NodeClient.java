// SPDX-License-Identifier: Apache-2.0
package io.cordboard.interop;

import io.cordboard.testkit.Json;
import io.cordboard.testkit.Sandbox;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs a script of {@code clients/} in Node against a sandbox that speaks TLS. */
final class NodeClient {
    private static final long MINUTES = 3;

    private final Path folder;

    NodeClient(Path folder) {
        this.folder = folder;
    }

    /** {@return what is not here, and how to get it} */
    static Optional<String> missing() {
        if (node().isEmpty()) {
            return Optional.of("no node in PATH; install Node 18 or later (Debian: apt-get install nodejs npm)");
        }
        if (!Files.isDirectory(home().resolve("node_modules"))) {
            return Optional.of("the clients are not installed; run npm ci in the folder interop");
        }
        return Optional.empty();
    }

    private static Optional<Path> node() {
        @Nullable String path = System.getenv("PATH");
        return Stream.of((path == null ? "" : path).split(File.pathSeparator))
                .filter(part -> !part.isBlank())
                .map(part -> Path.of(part, "node"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path home() {
        return Path.of(System.getProperty("basedir", ""));
    }

    /**
     * {@return what the script found}
     *
     * @param script the file's name in {@code clients/}
     * @param sandbox whom it talks to
     * @param more what it has to know besides the sandbox's address and configuration
     */
    Map<String, Object> run(String script, Sandbox sandbox, Map<String, ?> more) {
        Map<String, Object> told = new LinkedHashMap<>(more);
        told.put("url", sandbox.url().toString());
        told.put("config", sandbox.config());
        try {
            Path trusted = Files.writeString(
                    folder.resolve("sandbox.pem"), sandbox.certificate().orElseThrow());
            Path out = folder.resolve("out.txt");
            Path errors = folder.resolve("errors.txt");
            ProcessBuilder builder = new ProcessBuilder(
                            node().orElseThrow().toString(),
                            home().resolve("clients").resolve(script).toString())
                    .redirectOutput(out.toFile())
                    .redirectError(errors.toFile());
            builder.environment().put("NODE_EXTRA_CA_CERTS", trusted.toString());
            builder.environment().put("SANDBOX", new String(Json.write(told), StandardCharsets.UTF_8));
            Process process = builder.start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(script + " did not end within " + MINUTES + " minutes");
            }
            if (process.exitValue() != 0) {
                throw new AssertionError(script + " failed:\n" + Files.readString(errors) + Files.readString(out));
            }
            List<String> lines = Files.readAllLines(out);
            return Json.read(lines.get(lines.size() - 1).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
