// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.asterisk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** One client's connection: reads actions, writes messages. Safe for use by many threads. */
final class AmiWire implements AutoCloseable {
    private static final int MAX_LINES = 200;

    private final Socket socket;
    private final OutputStream out;
    private final BufferedReader in;
    private final Random splits;
    private final boolean split;
    private volatile boolean loggedIn;
    private volatile boolean frozen;

    /**
     * Wraps a socket.
     *
     * @param socket the socket
     * @param seed where the text is split when it is written; 0 for not at all
     */
    AmiWire(Socket socket, long seed) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        this.split = seed != 0;
        this.splits = new Random(seed);
        socket.setTcpNoDelay(true);
    }

    boolean isLoggedIn() {
        return loggedIn;
    }

    void loggedIn() {
        loggedIn = true;
    }

    /** Keeps the connection but says nothing more, as a frozen machine does. */
    void freeze() {
        frozen = true;
    }

    boolean isFrozen() {
        return frozen;
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    synchronized void write(byte[] bytes) throws IOException {
        if (frozen) {
            return;
        }
        int from = 0;
        while (split && from < bytes.length) {
            int to = Math.min(bytes.length, from + 1 + splits.nextInt(97));
            out.write(Arrays.copyOfRange(bytes, from, to));
            out.flush();
            from = to;
        }
        if (!split) {
            out.write(bytes);
            out.flush();
        }
    }

    /** {@return the next action by name in lower case, empty at the end of the stream} */
    Map<String, String> read() throws IOException {
        Map<String, String> action = new LinkedHashMap<>();
        int lines = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty() && !action.isEmpty()) {
                return action;
            }
            int colon = line.indexOf(':');
            if (colon > 0 && ++lines < MAX_LINES) {
                String key = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                action.merge(key, line.substring(colon + 1).strip(), (a, b) -> a + "\n" + b);
            }
        }
        return Map.of();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
        }
    }
}
