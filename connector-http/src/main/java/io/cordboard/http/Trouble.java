// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in words what happened to a connection: whoever reads it on the desk knows no Java. */
final class Trouble {
    private Trouble() {}

    static String of(@Nullable Throwable fault) {
        if (fault instanceof UnknownHostException) {
            return "no such address is known here";
        }
        if (fault instanceof NoRouteToHostException) {
            return "there is no way to it from here";
        }
        if (fault instanceof ConnectException) {
            return "nobody answers there";
        }
        if (fault instanceof SSLException) {
            return "the connection could not be made secure";
        }
        if (fault instanceof InterruptedIOException) {
            return "it took too long";
        }
        return fault instanceof EOFException ? "the connection was closed" : "the connection broke";
    }
}
