// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void theConnectorGetsWhatTheVendorSent() throws Exception {
        try (House house = House.open(folder, "")) {
            HttpResponse<String> answer = house.post(
                    "/hook/hq/0123456789abcdef?a=b%20c", "text/plain", "echo", "X-Forwarded-For", "203.0.113.7");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("127.0.0.1 a=b%20c echo");
        }
    }

    @Test
    void aTrustedProxyNamesTheSender() throws Exception {
        try (House house = House.open(folder, ", trustedProxies: [127.0.0.1]")) {
            HttpResponse<String> answer = house.post(
                    "/hook/hq/0123456789abcdef", "text/plain", "echo", "X-Forwarded-For", "198.51.100.1, 203.0.113.7");

            assertThat(answer.body()).startsWith("203.0.113.7 ");
        }
    }

    @Test
    void aWrongSecretAndAnUnknownAccountLookTheSame() throws Exception {
        try (House house = House.open(folder, "")) {
            HttpResponse<String> secret = house.post("/hook/hq/0123456789abcdee", "text/plain", "echo");
            HttpResponse<String> account = house.post("/hook/nobody/0123456789abcdef", "text/plain", "echo");

            assertThat(secret.statusCode()).isEqualTo(404);
            assertThat(account.statusCode()).isEqualTo(404);
            assertThat(account.body()).isEqualTo(secret.body());
            assertThat(house.get("/metrics").body())
                    .contains("cordboard_webhooks_total{account=\"hq\",status=\"404\"} 1")
                    .contains("cordboard_webhooks_total{account=\"unknown\",status=\"404\"} 1");
        }
    }

    @Test
    void whatIsTooLargeIsRefusedWhetherAnnouncedOrNot() throws Exception {
        try (House house = House.open(folder, "")) {
            HttpResponse<String> announced = house.hook("x".repeat(Body.MOST + 1));
            assertThat(announced.statusCode()).isEqualTo(413);
            assertThat(announced.body())
                    .isEqualTo("{\"error\":\"the body is larger than 1 MiB\",\"fix\":\"send less at once\"}");

            try (Socket socket = RawHttp.open(house.url())) {
                RawHttp.write(
                        socket,
                        String.join(
                                "\r\n",
                                "POST /hook/hq/0123456789abcdef HTTP/1.1",
                                "Host: x",
                                "Connection: close",
                                "Transfer-Encoding: chunked",
                                "\r\n"));
                String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
                for (int i = 0; i < 17; i++) {
                    RawHttp.write(socket, chunk);
                }
                assertThat(RawHttp.rest(socket)).startsWith("HTTP/1.1 413");
            }
            assertThat(house.get("/metrics").body())
                    .contains("cordboard_webhooks_total{account=\"hq\",status=\"413\"} 2");
        }
    }

    @Test
    void aHalfSentBodyIsGivenUp() throws Exception {
        try (House house = House.open(folder, "");
                Socket socket = RawHttp.open(house.url())) {
            RawHttp.write(
                    socket, "POST /hook/hq/0123456789abcdef HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\necho");

            assertThat(RawHttp.rest(socket)).startsWith("HTTP/1.1 408");
            assertThat(house.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatTheStoreCannotTakeIsAskedForAgain() throws Exception {
        try (House house = House.open(folder, "")) {
            assertThat(house.hook("fail").statusCode()).isEqualTo(503);
            assertThat(house.get("/metrics").body())
                    .contains("cordboard_webhooks_total{account=\"hq\",status=\"503\"} 1");
        }
    }
}
