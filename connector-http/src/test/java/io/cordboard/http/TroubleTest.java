// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class TroubleTest {
    @Test
    void whatHappenedToAConnectionIsSaidWithoutTheNamesOfJavasClasses() {
        assertThat(List.of(
                        new UnknownHostException("crm.example"),
                        new NoRouteToHostException(),
                        new ConnectException("refused"),
                        new SSLHandshakeException("untrusted"),
                        new SocketTimeoutException(),
                        new EOFException(),
                        new IOException("reset")))
                .extracting(Trouble::of)
                .containsExactly(
                        "no such address is known here",
                        "there is no way to it from here",
                        "nobody answers there",
                        "the connection could not be made secure",
                        "it took too long",
                        "the connection was closed",
                        "the connection broke");
        assertThat(Trouble.of(null)).isEqualTo("the connection broke");
    }
}
