// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    private Path folder = Path.of("");

    private Branch branch = unopened();

    // JUnit calls open() first; the field is never read before.
    @SuppressWarnings("NullAway")
    private static Branch unopened() {
        return null;
    }

    @BeforeEach
    void open() throws IOException {
        branch = new Branch(folder);
        branch.run(branch.app(), "publish: never");
    }

    @AfterEach
    void close() {
        branch.close();
    }

    private PrometheusText metrics() throws IOException, InterruptedException {
        return PrometheusText.parse(branch.text("/metrics"));
    }

    private double refused(String why) throws IOException, InterruptedException {
        return metrics()
                .of("cordboard_connector_webhooks_refused_" + why + "_total", "account", "office", "vendor", "zadarma");
    }

    private double answered(String status) throws IOException, InterruptedException {
        return metrics().of("cordboard_webhooks_total", "account", "office", "status", status);
    }

    @Test
    void eachRequestToAVendorIsCountedByItsOutcomeAndTimed() throws Exception {
        await().until(() -> requests("main", "bitrix24", "2xx") > 0 && requests("office", "zadarma", "2xx") > 0);
        PrometheusText before = metrics();
        branch.crm().faults().set(Map.of("serverError", true));
        branch.json("/api/check");
        await().until(() -> requests("main", "bitrix24", "5xx") > 0);

        PrometheusText after = metrics();
        String[] whose = {"account", "main", "vendor", "bitrix24"};
        assertThat(after.of("cordboard_vendor_request_seconds_count", whose))
                .isGreaterThan(before.of("cordboard_vendor_request_seconds_count", whose));
        assertThat(after.of("cordboard_vendor_request_seconds_sum", whose)).isPositive();
        assertThat(after.of("cordboard_connector_commands_total", whose)).isPositive();
        assertThat(after.of("cordboard_connector_commands_failed_total", whose)).isPositive();
        assertThat(after.of("cordboard_connector_answers_limited_total", whose)).isZero();
        assertThat(after.of("cordboard_connector_commands_repeated_total", whose))
                .isZero();
    }

    private double requests(String account, String vendor, String outcome) throws IOException, InterruptedException {
        return metrics()
                .of("cordboard_vendor_requests_total", "account", account, "vendor", vendor, "outcome", outcome);
    }

    @Test
    void aVendorThatIsGoneIsCountedToo() throws Exception {
        branch.pbx().close();
        branch.json("/api/check");

        // On a connection that was open before, the request is sent and its answer lost.
        assertThat(requests("office", "zadarma", "unsent") + requests("office", "zadarma", "lost"))
                .isPositive();
    }

    @Test
    void everyKindOfWebhookThatIsRefusedIncrementsItsOwnMetric() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        assertThat(post(start(now), signature(now))).isEqualTo(200);
        assertThat(answered("200")).isEqualTo(1);

        assertThat(post(start(now), "d3Jvbmc=")).isEqualTo(403);
        assertThat(refused("signature")).isEqualTo(1);
        Instant old = now.minus(3, ChronoUnit.DAYS);
        assertThat(post(start(old), signature(old))).isEqualTo(403);
        assertThat(refused("replayed")).isEqualTo(1);
        assertThat(refused("signature")).isEqualTo(1);
        assertThat(answered("403")).isEqualTo(2);

        assertThat(branch.post(branch.hook("office"), "application/json", "{\"event\":\"NOTIFY_START\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(refused("malformed")).isEqualTo(1);
        assertThat(answered("400")).isEqualTo(1);

        assertThat(post("event=" + "x".repeat(Body.MOST), signature(now))).isEqualTo(413);
        assertThat(answered("413")).isEqualTo(1);
    }

    @Test
    void aWebhookThatIsSentByHalfIsCountedAndTakesNothingIn() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String body = start(now);
        try (Socket socket = RawHttp.open(branch.url())) {
            RawHttp.write(
                    socket,
                    "POST " + branch.hook("office").getRawPath() + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + FORM
                            + "\r\nSignature: " + signature(now) + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                            + body.substring(0, body.length() / 2));
            socket.shutdownOutput();
            assertThat(RawHttp.rest(socket)).startsWith("HTTP/1.1 4");
        }

        await().until(() -> answered("400") + answered("408") == 1);
        assertThat(branch.json("/api/calls").path("calls")).isEmpty();
    }

    private int post(String form, String signature) throws IOException, InterruptedException {
        return branch.post(branch.hook("office"), FORM, form, "Signature", signature)
                .statusCode();
    }

    private String wall(Instant at) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                .withZone(
                        java.time.ZoneId.of(String.valueOf(branch.pbx().config().get("timeZone"))))
                .format(at);
    }

    private String start(Instant at) {
        return "event=NOTIFY_START&call_start=" + URLEncoder.encode(wall(at), StandardCharsets.UTF_8)
                + "&pbx_call_id=in_" + at.atOffset(ZoneOffset.UTC).toEpochSecond()
                + "&caller_id=%2B79161234567&called_did=74951110001";
    }

    private String signature(Instant at) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(
                String.valueOf(branch.pbx().config().get("secret")).getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        byte[] hash = mac.doFinal(("+79161234567" + "74951110001" + wall(at)).getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void labelsAreEscapedSoThatNothingBreaksTheFormat() {
        Exposition out = new Exposition();
        out.family("x_total", "counter", "back\\slash and\nline");
        out.sample("x_total", 7, "account", "a\"b\\c\nd");

        assertThat(PrometheusText.parse(out.toString()).of("x_total", "account", "a\"b\\c\nd"))
                .isEqualTo(7);
    }
}
