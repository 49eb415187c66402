// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In front of something that lets everybody in, tells one event a connection, and answers nothing else. */
final class AmiLinkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final Queue<AmiEvent> heard = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger failing = new AtomicInteger();
    private volatile boolean hangsUp;
    private ServerSocket server;
    private AmiLink link;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        inBackground(this::accept);
        link = new AmiLink(
                "hq",
                AsteriskSettings.of(new AsteriskSettings.Ami(
                                new AsteriskSettings.Address("127.0.0.1", server.getLocalPort()),
                                "cordboard",
                                "secret"))
                        .with(new AsteriskSettings.Timing(
                                Duration.ofMillis(200), SILENCE, Duration.ofMillis(300), Duration.ofMillis(50))),
                new AsteriskCounts(),
                this::hear);
    }

    private void hear(AmiEvent event) {
        if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("the ears are out of order");
        }
        heard.add(event);
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        server.close();
    }

    @Test
    void whatIsToldJustBeforeTheConnectionEndsIsHeardOnEveryConnection() {
        hangsUp = true;

        link.start();

        await().atMost(PATIENCE).until(() -> connections.get() >= 5);
        int told = connections.get();
        await().atMost(PATIENCE).until(() -> hangups() >= told);
        assertThat(heard.stream()
                        .filter(event -> event.is("hangup"))
                        .map(event -> event.get("uniqueid"))
                        .limit(told))
                .as("one connection after the other, and none beside")
                .containsExactlyElementsOf(IntStream.rangeClosed(1, told)
                        .mapToObj(number -> "1700000000." + number)
                        .toList());
    }

    @Test
    void theLinkOutlivesEarsThatFail() {
        hangsUp = true;
        failing.set(4);

        link.start();

        await().atMost(PATIENCE).until(() -> failing.get() == 0 && hangups() >= 2);
    }

    @Test
    void whoAnswersNoPingIsLeftAloneAsLongAsNothingElseIsWrong() {
        link.start();
        await().atMost(PATIENCE).until(() -> hangups() == 1);

        // Several pings are due in this time, and each is given up.
        await().during(SILENCE.multipliedBy(2)).atMost(PATIENCE).until(() -> connections.get() == 1 && link.isUp());
    }

    private long hangups() {
        return heard.stream().filter(event -> event.is("hangup")).count();
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "bare-pbx");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                inBackground(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            OutputStream out = socket.getOutputStream();
            say(out, "Asterisk Call Manager/11.0.0\r\n");
            String action = "";
            String id = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String text = line.toLowerCase(Locale.ROOT);
                if (text.startsWith("action: ")) {
                    action = text.substring("action: ".length());
                } else if (text.startsWith("actionid: ")) {
                    id = line.substring("actionid: ".length());
                } else if (line.isEmpty() && (action.equals("challenge") || action.equals("login"))) {
                    say(out, "Response: Success\r\nActionID: " + id + "\r\n\r\n");
                    if (action.equals("login")) {
                        String call = "1700000000." + connections.incrementAndGet();
                        say(
                                out,
                                "Event: Hangup\r\nUniqueid: " + call + "\r\nLinkedid: " + call
                                        + "\r\nCause: 16\r\n\r\n");
                        if (hangsUp) {
                            return;
                        }
                    }
                }
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
