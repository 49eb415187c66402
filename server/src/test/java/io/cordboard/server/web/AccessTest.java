// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.server.config.ConfigException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    private static final String TOKEN = ", token: \"right-token\"";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void withoutATokenThisMachineIsAnswered() throws Exception {
        try (House house = House.open(folder, "")) {
            assertThat(house.get("/api/calls").statusCode()).isEqualTo(200);
            assertThat(RawHttp.send(house.url(), "GET /api/calls HTTP/1.1", "Host: localhost:80", "Connection: close"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aPageThatHasItsNamePointHereIsNotAnswered() throws Exception {
        try (House house = House.open(folder, "")) {
            String answer = RawHttp.send(
                    house.url(),
                    "GET /api/calls HTTP/1.1",
                    "Host: evil.example:" + house.url().getPort(),
                    "Connection: close");

            assertThat(answer)
                    .startsWith("HTTP/1.1 403")
                    .contains("{\"error\":\"without http.token in the configuration only programs on this machine are"
                            + " answered\",");
        }
    }

    @Test
    void whatAProxyBringsIsNotThisMachine() throws Exception {
        List<String> marks = List.of(
                "X-Forwarded-For: 203.0.113.7",
                "x-forwarded-for: 127.0.0.1",
                "X-Forwarded-Host: cc.example.com",
                "X-Forwarded-Proto: https",
                "X-Real-IP: 203.0.113.7",
                "Forwarded: for=203.0.113.7",
                "Via: 1.1 proxy");
        try (House house = House.open(folder, "")) {
            for (String mark : marks) {
                for (String path : List.of("GET /api/calls", "GET /api/events", "GET /api/deliveries/export")) {
                    assertThat(RawHttp.send(
                                    house.url(),
                                    path + " HTTP/1.1",
                                    "Host: " + house.host(),
                                    mark,
                                    "Connection: close"))
                            .as(path + " " + mark)
                            .startsWith("HTTP/1.1 403");
                }
            }
        }
    }

    @Test
    void whoDoesNotNameThisMachineIsNotAnswered() throws Exception {
        try (House house = House.open(folder, "")) {
            for (String host : List.of("localhost.evil.example", "127.0.0.1.evil.example", "192.168.0.7", "evil:80")) {
                assertThat(RawHttp.send(
                                house.url(),
                                "POST /api/login HTTP/1.1",
                                "Host: " + host,
                                "Content-Length: 0",
                                "Connection: close"))
                        .as(host)
                        .startsWith("HTTP/1.1 403");
            }
            assertThat(RawHttp.send(house.url(), "GET /api/calls HTTP/1.0")).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void behindAPublicAddressTheServerDoesNotStartWithoutAToken() {
        assertThatThrownBy(() -> House.open(folder, ", publicUrl: \"https://cc.example.com\""))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cordboard.yaml:3: http.publicUrl is not of this machine")
                .hasMessageContaining("set http.token");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void whyAnAccountDoesNotWorkIsForThoseOnlyWhoMayKnow() throws Exception {
        String detail = "the plain PBX limps";
        try (House house = House.open(folder, TOKEN)) {
            house.hook("limp");

            assertThat(house.get("/health").body()).contains("\"degraded\"", detail);
            String brought = RawHttp.send(
                    house.url(), "GET /health HTTP/1.1", "Host: cc.example.com", "Via: 1.1 proxy", "Connection: close");
            assertThat(brought)
                    .startsWith("HTTP/1.1 200")
                    .contains("\"hq\":{\"status\":\"degraded\",\"detail\":\"\"}")
                    .doesNotContain(detail);
            assertThat(house.get("/health", "Via", "1.1 proxy", "Authorization", "Bearer right-token")
                            .body())
                    .contains(detail);
        }
    }

    @Test
    void behindAPublicAddressNobodyIsTakenForThisMachine() throws Exception {
        try (House house = House.open(folder, TOKEN + ", publicUrl: \"https://cc.example.com\"")) {
            house.hook("limp");

            assertThat(house.get("/health").body()).contains("\"degraded\"").doesNotContain("limps");
            assertThat(house.get("/health", "Authorization", "Bearer right-token")
                            .body())
                    .contains("limps");
        }
    }

    @Test
    void aPageOfAnotherSiteCannotChangeAnything() throws Exception {
        try (House house = House.open(folder, "")) {
            assertThat(house.post("/api/deliveries/1/retry", "text/plain", "", "Origin", "https://evil.example")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(house.post("/api/deliveries/1/retry", "text/plain", "", "Origin", "http://" + house.host())
                            .statusCode())
                    .isEqualTo(404);
            assertThat(house.post("/api/dial", "text/plain", "{\"agent\":\"Anna\",\"number\":\"1\"}")
                            .statusCode())
                    .isEqualTo(415);
        }
    }

    @Test
    void withATokenOnlyTheTokenCounts() throws Exception {
        try (House house = House.open(folder, TOKEN)) {
            HttpResponse<String> without = house.get("/api/calls");

            assertThat(without.statusCode()).isEqualTo(401);
            assertThat(without.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(house.get("/api/calls", "Authorization", "Bearer wrong-token")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(house.get("/api/calls", "Authorization", "Bearer right-token")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(house.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theDeskLogsInOnceAndItsCookieDoesNotTellTheToken() throws Exception {
        try (House house = House.open(folder, TOKEN)) {
            HttpResponse<String> wrong = house.post("/api/login", "application/json", "{\"token\":\"wrong\"}");
            HttpResponse<String> right = house.post("/api/login", "application/json", "{\"token\":\"right-token\"}");

            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(right.statusCode()).isEqualTo(204);
            String cookie = right.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").doesNotContain("right-token");
            String pair = cookie.substring(0, cookie.indexOf(';'));
            assertThat(house.get("/api/calls", "Cookie", pair).statusCode()).isEqualTo(200);
            assertThat(house.get("/api/calls", "Cookie", pair + "0").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void theDeskIsServedAndFramesNowhere() throws IOException, InterruptedException {
        try (House house = House.open(folder, TOKEN)) {
            HttpResponse<String> page = house.get("/");

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
            assertThat(page.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy ->
                            assertThat(policy).contains("default-src 'self'").contains("frame-ancestors 'none'"));
            assertThat(house.get("/..%2flogback.xml").statusCode()).isGreaterThanOrEqualTo(400);
            assertThat(house.get("/logback.xml").statusCode()).isEqualTo(404);
        }
    }
}
