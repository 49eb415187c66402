// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.POST;
import retrofit2.http.Query;

final class VendorHttpWireMockTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

    private static final WireMockServer VENDOR =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    // Marks this test's requests: one that was given up may be noted late.
    private final String token = "hidden" + System.nanoTime();
    private VendorHttp http;

    @BeforeAll
    static void startVendor() {
        VENDOR.start();
    }

    @AfterAll
    static void stopVendor() {
        VENDOR.stop();
    }

    @BeforeEach
    void start() {
        VENDOR.resetAll();
        http = client(VENDOR.port()).build();
    }

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void answerIsRead() {
        answers(aResponse().withBody("{\"result\":\"7\",\"more\":[]}"));

        assertThat(http.ask(call(http))).isEqualTo(new Result("7"));

        VENDOR.verify(
                1,
                postRequestedFor(anyUrl())
                        .withQueryParam("auth", equalTo(token))
                        .withHeader("User-Agent", equalTo("Cordboard/test")));
    }

    @Test
    void whatWasNeverSentWasNotDone() throws IOException {
        int nobodyListens;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobodyListens = socket.getLocalPort();
        }
        try (VendorHttp lonely = client(nobodyListens).build()) {
            ConnectorException fault = fault(lonely);

            assertThat(fault.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(fault).hasMessage("acme cannot be reached: nobody answers there");
        }
    }

    @Test
    void whoeverIsToldToStopSendsNothingMore() {
        answers(aResponse().withBody("{\"result\":\"7\"}"));

        Thread.currentThread().interrupt();
        ConnectorException fault = fault(http);
        boolean remembered = Thread.interrupted();

        assertThat(fault.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(remembered).isTrue();
        VENDOR.verify(0, postRequestedFor(anyUrl()).withQueryParam("auth", equalTo(token)));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whatWasSentAndNotAnsweredMayBeDoneAndIsNotSentAgain(Fault broken) {
        answers(aResponse().withFault(broken));

        assertThat(fault(http).reason()).isEqualTo(Reason.UNCLEAR);

        VENDOR.verify(1, postRequestedFor(anyUrl()).withQueryParam("auth", equalTo(token)));
    }

    @Test
    void silenceIsNotWaitedForLongAndMayHaveBeenDone() {
        answers(aResponse().withFixedDelay(60_000).withBody("{}"));

        assertThat(faultOfTheImpatient().reason()).isEqualTo(Reason.UNCLEAR);

        VENDOR.verify(1, postRequestedFor(anyUrl()).withQueryParam("auth", equalTo(token)));
    }

    @Test
    void answerThatDripsForeverEndsToo() {
        answers(aResponse().withChunkedDribbleDelay(100, 60_000).withBody("{\"result\":\"" + "7".repeat(500) + "\"}"));

        assertThat(faultOfTheImpatient().reason()).isEqualTo(Reason.UNCLEAR);
    }

    @Test
    void pageForPeopleIsNoAnswer() {
        answers(aResponse().withHeader("Content-Type", "text/html").withBody("<html>+79161234567</html>"));

        ConnectorException fault = fault(http);

        assertThat(fault.reason()).isEqualTo(Reason.UNCLEAR);
        assertThat(fault)
                .hasMessage("acme answered with something that is not its JSON")
                .hasNoCause();
    }

    @Test
    void nothingAtAllIsNoAnswer() {
        answers(aResponse().withStatus(204));

        assertThat(fault(http)).hasMessage("acme answered 204 with nothing");
    }

    @Test
    void answerThatIsTooLongIsCut() {
        answers(aResponse().withBody("{\"result\":\"" + "7".repeat(5_000) + "\"}"));

        assertThat(fault(http)).hasMessage("acme: the answer is longer than 2000 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED",
        "401, REAUTHORISE",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "408, UNAVAILABLE",
        "409, REFUSED",
        "429, RATE_LIMITED",
        "500, UNCLEAR",
        "502, UNCLEAR",
        "503, UNAVAILABLE",
        "504, UNCLEAR"
    })
    void statusHasItsReason(int status, Reason reason) {
        answers(aResponse().withStatus(status).withBody("<html>"));

        assertThat(fault(http).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"7 | PT7S", "Sun, 22 Nov 2026 10:00:09 GMT | PT9S", "soon |"})
    void vendorsAdviceIsTaken(String header, Duration expected) {
        answers(aResponse().withStatus(503).withHeader("Retry-After", header));

        assertThat(fault(http).retryAfter()).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void redirectIsSaidAndNotFollowed() {
        answers(aResponse().withStatus(302).withHeader("Location", "https://other.example.com/x?token=secret"));

        ConnectorException fault = fault(http);

        assertThat(fault.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(fault)
                .hasMessage("acme answered 302 and has moved to other.example.com: change the address in the settings");
        VENDOR.verify(1, postRequestedFor(anyUrl()).withQueryParam("auth", equalTo(token)));
    }

    @Test
    void vendorsOwnWordsComeFirst() {
        answers(aResponse().withStatus(400).withHeader("X-Why", "late").withBody("{\"error\":\"too late\"}"));
        try (VendorHttp wise = client(VENDOR.port())
                .faults(answer -> answer.header("x-why")
                        .map(why -> new ConnectorException(Reason.NOT_FOUND, why + " " + answer.isSuccess())))
                .build()) {
            assertThat(fault(wise)).hasMessage("late false");
        }
    }

    @Test
    void logShowsNoSecret() {
        Logger logger = (Logger) LoggerFactory.getLogger(VendorHttp.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.DEBUG);
        try {
            answers(aResponse().withBody("{\"result\":\"7\"}"));
            http.ask(call(http));
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(null);
        }

        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .startsWith("acme POST contact.add: 200, ")
                        .doesNotContain("topsecret", "hidden", "79161234567"));
    }

    private void answers(ResponseDefinitionBuilder answer) {
        VENDOR.stubFor(post(anyUrl()).willReturn(answer));
    }

    private ConnectorException faultOfTheImpatient() {
        Duration second = Duration.ofSeconds(1);
        try (VendorHttp impatient = client(VENDOR.port())
                .timeouts(second, second, second.multipliedBy(2))
                .build()) {
            return fault(impatient);
        }
    }

    private ConnectorException fault(VendorHttp client) {
        return catchThrowableOfType(ConnectorException.class, () -> client.ask(call(client)));
    }

    private Call<Result> call(VendorHttp client) {
        return client.service(Acme.class).add(token, Map.of("phone", "79161234567"));
    }

    private static VendorHttp.Builder client(int port) {
        return VendorHttp.builder("acme", URI.create("http://127.0.0.1:" + port + "/rest/1/topsecret/"), CLOCK)
                .timeouts(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(20))
                .maxAnswerBytes(2000)
                .userAgent("Cordboard/test");
    }

    interface Acme {
        @POST("contact.add")
        Call<Result> add(@Query("auth") String auth, @Body Map<String, String> contact);
    }

    record Result(String result) {}
}
