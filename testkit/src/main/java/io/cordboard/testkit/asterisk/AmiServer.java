// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.asterisk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens as Asterisk's manager interface does, and writes to everybody who has logged in. Safe for use by many
 * threads.
 */
final class AmiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AmiServer.class);
    private static final int MAX_CLIENTS = 50;

    private final ServerSocket server;
    private final List<AmiWire> wires = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Talk talk;
    private final long seed;

    /** What is said to a client. */
    interface Talk {
        /** Answers an action. */
        void answer(AmiWire wire, Map<String, String> action) throws IOException;
    }

    AmiServer(int port, long seed, Talk talk) {
        this.talk = talk;
        this.seed = seed;
        try {
            server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port + " of the loopback address", e);
        }
        start("ami-sandbox", this::accept);
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    long loggedIn() {
        return wires.stream()
                .filter(wire -> wire.isLoggedIn() && !wire.isFrozen())
                .count();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (wires.size() >= MAX_CLIENTS) {
                    socket.close();
                    continue;
                }
                int number = connections.incrementAndGet();
                AmiWire wire = new AmiWire(socket, seed == 0 ? 0 : seed + number);
                start("ami-sandbox-" + number, () -> serve(wire));
            } catch (IOException e) {
                LOG.debug("no further connection", e);
            }
        }
    }

    private void serve(AmiWire wire) {
        wires.add(wire);
        try (wire) {
            wire.write("Asterisk Call Manager/11.0.0\r\n");
            for (Map<String, String> action = wire.read(); !action.isEmpty(); action = wire.read()) {
                if (!wire.isFrozen()) {
                    talk.answer(wire, action);
                }
            }
        } catch (IOException e) {
            LOG.debug("a connection ended", e);
        } finally {
            wires.remove(wire);
        }
    }

    /** Says something to everybody who has logged in. */
    void say(byte[] bytes) {
        for (AmiWire wire : wires) {
            try {
                if (wire.isLoggedIn()) {
                    wire.write(bytes);
                }
            } catch (IOException e) {
                LOG.debug("a connection broke", e);
                wire.close();
            }
        }
    }

    void cut() {
        wires.forEach(AmiWire::close);
    }

    void freeze() {
        wires.forEach(AmiWire::freeze);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.debug("already closed", e);
        }
        cut();
    }
}
