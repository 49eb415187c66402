// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The least that can be taken for Asterisk's manager interface: it greets, lets everybody in, says what was recorded,
 * and knows nothing else. It lists no channels and no queues.
 */
final class ForeignAmi implements AutoCloseable {
    private final ServerSocket server;
    private final Manners manners;
    private final Queue<List<RecordedSession>> connections = new ConcurrentLinkedQueue<>();

    /**
     * How it behaves.
     *
     * @param afterSnapshot begins to tell when the client has asked for the queues, not at once after the login
     * @param answersAll says success to whatever it is asked; otherwise nothing, except to what belongs to the login
     * @param paced tells in the time it took when it was recorded, not as fast as it can
     * @param verbatim tells its recorded answers to the recorder's requests, too
     * @param hangsUp ends the connection after the last word
     */
    record Manners(boolean afterSnapshot, boolean answersAll, boolean paced, boolean verbatim, boolean hangsUp) {}

    /**
     * Starts to listen.
     *
     * @param manners how it behaves
     * @param connections what it tells on its first connection, on its second, ...; after these, nothing
     */
    ForeignAmi(Manners manners, List<List<RecordedSession>> connections) throws IOException {
        this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.manners = manners;
        this.connections.addAll(connections);
        inBackground(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Whether there is nothing left to be begun. */
    boolean isThrough() {
        return connections.isEmpty();
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "foreign-ami");
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
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            Wire wire = new Wire(socket.getOutputStream());
            wire.write("Asterisk Call Manager/11.0.0\r\n");
            boolean begun = false;
            String action = "";
            String id = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String key = line.toLowerCase(Locale.ROOT);
                if (key.startsWith("action:")) {
                    action = key.substring("action:".length()).strip();
                } else if (key.startsWith("actionid:")) {
                    id = line.substring("actionid:".length()).strip();
                } else if (line.isEmpty()) {
                    if (manners.answersAll() || action.equals("challenge") || action.equals("login")) {
                        wire.write("Response: Success\r\nActionID: " + id + "\r\n\r\n");
                    }
                    if (!begun && action.equals(manners.afterSnapshot() ? "queuestatus" : "login")) {
                        begun = true;
                        inBackground(() -> tell(wire, socket));
                    }
                }
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private void tell(Wire wire, Socket socket) {
        Optional<List<RecordedSession>> sessions = Optional.ofNullable(connections.poll());
        try {
            for (RecordedSession session : sessions.orElse(List.of())) {
                tell(wire, session);
            }
            if (manners.hangsUp() && sessions.isPresent()) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the client went in the middle of " + sessions, e);
        }
    }

    private void tell(Wire wire, RecordedSession session) throws IOException {
        long begun = System.nanoTime();
        long first = session.messages().get(0).millis();
        for (RecordedSession.Message message : session.messages()) {
            if (message.isHandshake() || !(message.isEvent() || manners.verbatim())) {
                continue;
            }
            long due = begun + Duration.ofMillis(message.millis() - first).toNanos();
            while (manners.paced() && System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            wire.write(message.text());
        }
    }

    private record Wire(OutputStream out) {
        void write(String text) throws IOException {
            synchronized (out) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
