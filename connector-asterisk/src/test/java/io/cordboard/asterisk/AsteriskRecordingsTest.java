// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.cordboard.call.CallId;
import io.cordboard.call.Recording;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.pbx.Recordings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AsteriskRecordingsTest {
    private static final CallId CALL = new CallId("hq", "1795365484.173");
    private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");

    @TempDir
    private Path folder;

    private Recordings.Answer fetch(String name) {
        AsteriskSettings.Place place = new AsteriskSettings.Place(folder.resolve("monitor"), null);
        return AsteriskRecordings.at(place, Clock.fixed(NOW, ZoneOffset.UTC), AsteriskSettings.Timing.DEFAULT)
                .fetch(CALL, new Recording(name, null));
    }

    private Path write(String name, int size, Duration age) throws IOException {
        Path file = folder.resolve("monitor").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[size]);
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
        return file;
    }

    @Test
    void aFinishedFileIsReady() throws IOException {
        write("2026/11/a.wav", 1_000, Duration.ofMinutes(1));

        assertThat(fetch("2026/11/a.wav")).isInstanceOfSatisfying(Recordings.Ready.class, ready -> {
            assertThat(ready.fileName()).isEqualTo("a.wav");
            assertThat(ready.size()).isEqualTo(1_000);
        });
        Recordings.Ready ready = (Recordings.Ready) fetch("2026/11/a.wav");
        try (InputStream in = ready.content().open()) {
            assertThat(in.readAllBytes()).hasSize(1_000);
        }
    }

    @Test
    void aFileThatGrowsOrIsMissingIsNotReadyYet() throws IOException {
        write("grows.wav", 1_000, Duration.ofSeconds(1));

        assertThat(fetch("grows.wav")).isInstanceOf(Recordings.NotYet.class);
        assertThat(fetch("missing.wav")).isInstanceOf(Recordings.NotYet.class);
    }

    @Test
    void aFileWithNothingButAHeaderIsNoRecording() throws IOException {
        write("silent.wav", 44, Duration.ofMinutes(1));

        assertThat(fetch("silent.wav")).isEqualTo(new Recordings.Gone("Asterisk recorded nothing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.wav", "a/../../secret.wav", "/etc/passwd", "..", "a\u0000b"})
    void aNameThatLeadsOutOfTheFolderIsRefused(String name) throws IOException {
        write("a.wav", 1_000, Duration.ofMinutes(1));
        Files.write(folder.resolve("secret.wav"), new byte[1_000]);

        assertThat(fetch(name)).isInstanceOf(Recordings.Gone.class);
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsRefused() throws IOException {
        write("a.wav", 1_000, Duration.ofMinutes(1));
        Path secret = Files.write(folder.resolve("secret.wav"), new byte[1_000]);
        Files.createSymbolicLink(folder.resolve("monitor").resolve("link.wav"), secret);

        assertThat(fetch("link.wav")).isEqualTo(new Recordings.Gone("its name leads out of the folder of recordings"));
    }

    @Test
    void aFileWhoseNameWasNotSaidIsFoundByTheCallsId() throws IOException {
        write("in/auto-1795365484.173.wav", 1_000, Duration.ofMinutes(1));

        assertThat(fetch("uniqueid:1795365484.173")).isInstanceOf(Recordings.Ready.class);
        assertThat(fetch("uniqueid:1795365484.999")).isInstanceOf(Recordings.Gone.class);
    }

    @Test
    void theRecordingOfACallWithALongerIdIsSomebodyElses() throws IOException {
        write("in/auto-1795365484.173.wav", 1_000, Duration.ofMinutes(1));

        assertThat(fetch("uniqueid:1795365484.1")).isInstanceOf(Recordings.Gone.class);
        assertThat(fetch("uniqueid:1795365484.17")).isInstanceOf(Recordings.Gone.class);
        assertThat(fetch("uniqueid:5484.173")).isInstanceOf(Recordings.Gone.class);

        write("in/auto-1795365484.17.wav", 2_000, Duration.ofMinutes(1));

        assertThat(fetch("uniqueid:1795365484.17"))
                .isInstanceOfSatisfying(
                        Recordings.Ready.class,
                        ready -> assertThat(ready.size()).isEqualTo(2_000));
    }

    @Test
    void aFolderThatIsNotThereIsAFault() {
        assertThatThrownBy(() -> fetch("a.wav"))
                .isInstanceOfSatisfying(
                        ConnectorException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
    }

    @Test
    void aServerOfRecordingsIsAskedByName() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/rec/a%20b.wav".replace("%20", " "), exchange -> {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : 3);
            if (!head) {
                exchange.getResponseBody().write(new byte[] {1, 2, 3});
            }
            exchange.close();
        });
        server.start();
        try {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/rec");
            Recordings recordings = AsteriskRecordings.at(
                    new AsteriskSettings.Place(null, url), Clock.systemUTC(), AsteriskSettings.Timing.DEFAULT);

            Recordings.Answer there = recordings.fetch(CALL, new Recording("a b.wav", null));

            assertThat(recordings.fetch(CALL, new Recording("none.wav", null))).isInstanceOf(Recordings.NotYet.class);
            assertThat(recordings.fetch(CALL, new Recording("../a.wav", null))).isInstanceOf(Recordings.Gone.class);
            assertThat(there).isInstanceOf(Recordings.Ready.class);
            try (InputStream in = ((Recordings.Ready) there).content().open()) {
                assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
            }
        } finally {
            server.stop(0);
        }
    }
}
