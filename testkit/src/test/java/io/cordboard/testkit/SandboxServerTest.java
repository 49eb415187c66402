// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.testkit.Faults.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The wire under the sandboxes, and what goes wrong on it. Lost answers are asked for with POST, because the JDK's
 * client by itself repeats a GET whose connection was cut.
 */
class SandboxServerTest {
    private final Counter counter = new Counter();
    private final Faults faults = new Faults(7, Set.of("special"));
    private final SandboxServer server = SandboxServer.start(SandboxOptions.DEFAULTS, faults, counter);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(server.url().resolve(path)).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> post(String path, Map<String, Object> json) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofByteArray(Json.write(json));
        return client.send(request(server.url().resolve(path)).POST(body).build(), BodyHandlers.ofString());
    }

    @Test
    void lostAnswerComesAfterTheWork() throws IOException, InterruptedException {
        post("/_sandbox/faults", Map.of("lostAnswers", 1));

        assertThatThrownBy(() -> post("/add", Map.of())).isInstanceOf(IOException.class);
        assertThat(counter.done).hasValue(1);
        assertThat(get("/add").statusCode()).isEqualTo(200);
    }

    @Test
    void connectionThatIsDroppedBeforehandDidNothing() {
        faults.set(Kind.DROP_BEFORE, 1);

        assertThatThrownBy(() -> post("/add", Map.of())).isInstanceOf(IOException.class);
        assertThat(counter.done).hasValue(0);
    }

    @Test
    void halfAnAnswerComesAfterTheWork() {
        faults.set(Kind.HALF_BODY, 1);

        assertThatThrownBy(() -> get("/add")).isInstanceOf(IOException.class);
        assertThat(counter.done).hasValue(1);
    }

    @Test
    void vendorSaysItselfWhatIsWrong() throws IOException, InterruptedException {
        faults.set(Map.of("rateLimit", 1));
        assertThat(get("/add").body()).isEqualTo("RATE_LIMIT");
        faults.set(Map.of("serverError", 1));
        assertThat(get("/add").body()).isEqualTo("SERVER_ERROR");
        faults.set(Map.of("html", 1));
        assertThat(get("/add").body()).startsWith("<html>");
        assertThat(counter.done).hasValue(0);
    }

    @Test
    void faultCanBeLimitedToOneMethod() throws IOException, InterruptedException {
        post("/_sandbox/faults", Map.of("serverError", true, "only", "/ADD"));

        assertThat(get("/add").statusCode()).isEqualTo(500);
        assertThat(get("/other").statusCode()).isEqualTo(200);
    }

    @Test
    void sameSeedGivesTheSameFaults() throws IOException, InterruptedException {
        List<Integer> first = statuses(42);
        List<Integer> second = statuses(42);

        assertThat(first).isEqualTo(second).contains(200, 500);
    }

    private List<Integer> statuses(int seed) throws IOException, InterruptedException {
        post("/_sandbox/faults", Map.of("serverError", 0.5, "seed", seed));
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            statuses.add(get("/add").statusCode());
        }
        return statuses;
    }

    @Test
    void slowVendorAnswersLate() throws IOException, InterruptedException {
        faults.set(Kind.SLOW, 300);
        HttpRequest impatient = HttpRequest.newBuilder(server.url().resolve("/add"))
                .timeout(Duration.ofMillis(100))
                .build();

        assertThatThrownBy(() -> client.send(impatient, BodyHandlers.ofString()))
                .isInstanceOf(java.net.http.HttpTimeoutException.class);
        assertThat(get("/add").statusCode()).isEqualTo(200);
    }

    @Test
    void unknownFaultIsRefusedWithTheNamesThatThereAre() throws IOException, InterruptedException {
        HttpResponse<String> response = post("/_sandbox/faults", Map.of("earthquake", true));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("there is no fault", "lostAnswer", "special");
    }

    @Test
    void stateTellsWhatHappenedAndResetForgetsIt() throws IOException, InterruptedException {
        faults.set(Kind.RATE_LIMIT, true);
        get("/add");
        assertThat(get("/_sandbox/state").body()).contains("\"requests\":1").contains("\"struck\":{\"rateLimit\":1}");
        post("/_sandbox/reset", Map.of());

        assertThat(get("/_sandbox/state").body()).contains("\"requests\":0", "\"on\":{}", "\"done\":0");
        assertThat(get("/add").statusCode()).isEqualTo(200);
    }

    @Test
    void speaksTlsWithACertificateOfItsOwn() throws Exception {
        SandboxOptions options = SandboxOptions.DEFAULTS.withTls(true);
        try (SandboxServer secure = SandboxServer.start(options, faults, counter)) {
            SSLContext trusting = SSLContext.getInstance("TLS");
            trusting.init(null, new TrustManager[] {new TrustsEverybody()}, null);
            HttpClient careless = HttpClient.newBuilder().sslContext(trusting).build();
            URI uri = URI.create("https://localhost:" + secure.url().getPort() + "/add");

            assertThat(careless.send(request(uri).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> client.send(request(uri).build(), BodyHandlers.ofString()))
                    .isInstanceOf(javax.net.ssl.SSLException.class);
        }
    }

    @Test
    void bracketsAreNestedAndWrittenBack() {
        Map<String, Object> params =
                Form.parse("fields%5BPHONE%5D%5B0%5D%5BVALUE%5D=%2B7&ids[]=1&ids[]=2&a=b=c&odd=100%");

        assertThat(params)
                .isEqualTo(Map.of(
                        "fields",
                        Map.of("PHONE", Map.of("0", Map.of("VALUE", "+7"))),
                        "ids",
                        Map.of("0", "1", "1", "2"),
                        "a",
                        "b=c",
                        "odd",
                        "100%"));
        assertThat(Form.parse(Form.write(params))).isEqualTo(params);
    }

    @Test
    void unknownVendorIsRefusedWithTheNamesThatThereAre() {
        assertThat(Sandboxes.vendors()).contains("bitrix24");
        assertThatThrownBy(() -> Sandboxes.start("nobody", SandboxOptions.DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no sandbox of \"nobody\"; there is one of ")
                .hasMessageContaining("bitrix24");
    }

    /** Counts what was done. */
    private static final class Counter implements SandboxApp {
        private final AtomicInteger done = new AtomicInteger();

        @Override
        public SandboxReply handle(SandboxRequest request) {
            return SandboxReply.text(200, "text/plain", "done " + done.incrementAndGet());
        }

        @Override
        public Set<String> methods(SandboxRequest request) {
            return Set.of(request.path());
        }

        @Override
        public SandboxReply refuse(Kind fault) {
            return SandboxReply.text(fault == Kind.RATE_LIMIT ? 429 : 500, "text/plain", fault.name());
        }

        @Override
        public Map<String, Object> state() {
            return Map.of("done", done.get());
        }

        @Override
        public void reset() {
            done.set(0);
        }
    }

    /** Knows that the certificate was signed by nobody. */
    private static final class TrustsEverybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
