// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.call.CallId;
import io.cordboard.call.Recording;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.pbx.Recordings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recordings from the folder into which Asterisk writes them, or from where it is served. Names come from the dial plan
 * and never lead out of the folder. Safe for use by many threads.
 */
final class AsteriskRecordings implements Recordings {
    /** A file that was written to this recently may still grow. */
    private static final Duration SETTLES = Duration.ofSeconds(3);

    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final int EMPTY_WAV = 60;
    private static final int DEPTH = 5;

    private final @Nullable Path folder;
    private final @Nullable URI url;
    private final Clock clock;
    private final Duration answer;
    private final HttpClient http;

    private AsteriskRecordings(AsteriskSettings.Place place, Clock clock, Duration answer) {
        this.folder = place.folder();
        this.url = place.url();
        this.clock = clock;
        this.answer = answer;
        this.http = HttpClient.newBuilder().connectTimeout(answer).build();
    }

    static AsteriskRecordings at(AsteriskSettings.Place place, Clock clock, AsteriskSettings.Timing timing) {
        return new AsteriskRecordings(place, clock, timing.answer());
    }

    @Override
    public Answer fetch(CallId call, Recording recording) {
        String name = recording.name();
        try {
            if (folder != null) {
                return fromFolder(folder, name);
            }
            return url == null ? new Gone("no place of recordings is configured") : fromUrl(url, name);
        } catch (IOException e) {
            throw new ConnectorException(Reason.UNAVAILABLE, "the recordings cannot be read", null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectorException(Reason.UNAVAILABLE, "the recordings were not read: interrupted", null, e);
        }
    }

    private Answer fromFolder(Path root, String name) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new ConnectorException(Reason.UNAVAILABLE, "the folder of recordings is not there");
        }
        Optional<Path> found = name.startsWith(Teller.UNNAMED)
                ? search(root, name.substring(Teller.UNNAMED.length()))
                : within(root, name);
        if (found.isEmpty()) {
            return new Gone("its name does not lead to a file in the folder of recordings");
        }
        Path file = found.get();
        if (!Files.isRegularFile(file)) {
            return new NotYet(AGAIN);
        }
        if (!file.toRealPath().startsWith(root.toRealPath())) {
            return new Gone("its name leads out of the folder of recordings");
        }
        Instant written = Files.getLastModifiedTime(file).toInstant();
        if (written.plus(SETTLES).isAfter(clock.instant())) {
            return new NotYet(SETTLES);
        }
        long size = Files.size(file);
        return size <= EMPTY_WAV
                ? new Gone("Asterisk recorded nothing")
                : new Ready(file.getFileName().toString(), size, null, () -> Files.newInputStream(file));
    }

    private static Optional<Path> within(Path root, String name) {
        try {
            Path base = root.toAbsolutePath().normalize();
            Path given = Path.of(name);
            Path file = (given.isAbsolute() ? given : base.resolve(given)).normalize();
            return file.startsWith(base) && !file.equals(base) ? Optional.of(file) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Asterisk did not say the file's name; by habit it contains the call's id, with which another's may begin. */
    private static Optional<Path> search(Path root, String id) throws IOException {
        Pattern whole = Pattern.compile("(?<![0-9])" + Pattern.quote(id) + "(?![0-9])");
        try (Stream<Path> files = Files.walk(root, DEPTH)) {
            return files.filter(
                            file -> whole.matcher(file.getFileName().toString()).find())
                    .filter(Files::isRegularFile)
                    .findFirst();
        }
    }

    private Answer fromUrl(URI base, String name) throws IOException, InterruptedException {
        Optional<URI> address = address(base, name);
        if (address.isEmpty() || name.startsWith(Teller.UNNAMED)) {
            return new Gone("its name does not lead to a file below the address of recordings");
        }
        URI uri = address.get();
        HttpRequest head = HttpRequest.newBuilder(uri)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .timeout(answer)
                .build();
        HttpResponse<Void> response = http.send(head, HttpResponse.BodyHandlers.discarding());
        long size = response.headers().firstValueAsLong("content-length").orElse(-1);
        return switch (response.statusCode()) {
            case 200 -> new Ready(fileName(name), size, uri, () -> open(uri));
            case 404 -> new NotYet(AGAIN);
            case 410 -> new Gone("the server of recordings says that it is gone");
            case 401, 403 ->
                throw new ConnectorException(
                        Reason.FORBIDDEN, "the server of recordings refuses: " + response.statusCode());
            default ->
                throw new ConnectorException(
                        Reason.UNAVAILABLE, "the server of recordings answered " + response.statusCode());
        };
    }

    private InputStream open(URI uri) throws IOException {
        try {
            HttpRequest get =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1)).build();
            HttpResponse<InputStream> response = http.send(get, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                response.body().close();
                throw new IOException("the server of recordings answered " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Optional<URI> address(URI base, String name) {
        for (String part : name.split("/", -1)) {
            if (part.isBlank() || part.equals(".") || part.equals("..") || part.contains("\\")) {
                return Optional.empty();
            }
        }
        String root = base.toString();
        String encoded = java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
        return Optional.of(URI.create((root.endsWith("/") ? root : root + "/") + encoded));
    }

    private static String fileName(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
