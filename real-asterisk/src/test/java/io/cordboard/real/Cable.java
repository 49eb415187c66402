// SPDX-License-Identifier: Apache-2.0
package io.cordboard.real;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The line between the server and Asterisk's manager interface, which can be cut. */
final class Cable implements AutoCloseable {
    private final int target;
    private final ServerSocket socket;
    private final List<Socket> ends = new CopyOnWriteArrayList<>();
    private volatile boolean cut;

    Cable(int target) throws IOException {
        this.target = target;
        this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        run(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    void cut() throws IOException {
        cut = true;
        for (Socket end : ends) {
            end.close();
        }
        ends.clear();
    }

    void mend() {
        cut = false;
    }

    private void accept() throws IOException {
        while (!socket.isClosed()) {
            Socket near = socket.accept();
            if (cut) {
                near.close();
                continue;
            }
            try {
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                ends.add(near);
                ends.add(far);
                run(() -> copy(near, far));
                run(() -> copy(far, near));
            } catch (IOException e) {
                // Asterisk is down, which a client should see so.
                near.close();
            }
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] some = new byte[8192];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                out.write(some, 0, count);
                out.flush();
            }
        }
    }

    private static void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One of its ends was closed.
                        Thread.currentThread().interrupt();
                    }
                },
                "cable");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        cut();
    }

    private interface Work {
        void run() throws IOException;
    }
}
