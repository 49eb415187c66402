// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** HTTP by hand: clients refuse to send what has to be refused. */
final class RawHttp {
    private RawHttp() {}

    /** {@return everything that the server answers until it closes the connection} */
    static String send(URI server, String... lines) throws IOException {
        try (Socket socket = open(server)) {
            write(socket, String.join("\r\n", lines) + "\r\n\r\n");
            return rest(socket);
        }
    }

    static Socket open(URI server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    static String rest(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
