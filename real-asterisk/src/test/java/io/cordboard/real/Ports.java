// SPDX-License-Identifier: Apache-2.0
package io.cordboard.real;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that nobody has: SIP is the same one on several addresses of the loopback network. */
record Ports(int sip, int ami, int agi, int rtp) {
    static Ports free() throws IOException {
        int sip = ThreadLocalRandom.current().nextInt(20_000, 28_000);
        while (!isFree(sip)) {
            sip++;
        }
        return new Ports(
                sip,
                tcp(sip + 1),
                tcp(sip + 2),
                28_000 + ThreadLocalRandom.current().nextInt(20) * 100);
    }

    private static boolean isFree(int port) {
        try (DatagramSocket one = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            return one.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static int tcp(int from) throws IOException {
        for (int port = from; port < from + 1000; port += 2) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // The next one may be free.
            }
        }
        throw new IOException("there is no free port");
    }
}
