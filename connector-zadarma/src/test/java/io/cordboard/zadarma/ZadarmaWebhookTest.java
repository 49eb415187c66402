// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.call.Call;
import io.cordboard.call.CallId;
import io.cordboard.call.Extension;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.Health;
import io.cordboard.connector.StoreException;
import io.cordboard.connector.Webhook;
import io.cordboard.pbx.CallSource;
import io.cordboard.pbx.Router;
import io.cordboard.pbx.Routing;
import io.cordboard.store.SqliteStore;
import io.cordboard.testkit.contract.StoredCalls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ZadarmaWebhookTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-05T14:07:30Z"), ZoneOffset.UTC);
    private static final String WALL = "2026-03-05 14:07:26";
    private static final String LONG = "a123456789a123456789a123456789a123456789a123456789a123456789a123456789";
    private static final CallId CALL = new CallId("office", Wire.IN);

    @TempDir
    private Path folder;

    private SqliteStore store;
    private StoredCalls calls;
    private Zadarma zadarma;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder, CLOCK);
        calls = new StoredCalls(store);
        zadarma = zadarma(Map.of("timeZone", "UTC"));
    }

    @AfterEach
    void close() {
        zadarma.close();
        store.close();
    }

    @Test
    void theTokenOfTheHandshakeIsRepeatedAndNothingElse() {
        Webhook.Response response = get("zd_echo=abc123");

        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).isEqualTo("abc123");
    }

    @ParameterizedTest
    @CsvSource({"zd_echo=%3Cscript%3E,400", "zd_echo=" + LONG + ",400", "'',405", "other=1,405"})
    void nothingElseIsRepeatedToWhoeverAsks(String query, int status) {
        assertThat(get(query == null ? "" : query).status()).isEqualTo(status);
    }

    @Test
    void whatWasAcknowledgedIsOnDisk() {
        assertThat(post(Wire.signed(Wire.incoming("NOTIFY_START", WALL)))).isEqualTo(200);

        store.close();
        store = SqliteStore.open(folder, CLOCK);
        Call call = new StoredCalls(store).find(CALL).orElseThrow();
        assertThat(call.customer().raw()).isEqualTo("+442037691880");
        assertThat(call.line()).isEqualTo("442037691881");
    }

    @Test
    void whatCannotBeStoredIsNotAcknowledged() {
        store.close();

        assertThatThrownBy(() -> post(Wire.signed(Wire.incoming("NOTIFY_START", WALL))))
                .isInstanceOfAny(StoreException.class, IllegalStateException.class);
        store = SqliteStore.open(folder, CLOCK);
    }

    @Test
    void aWrongSignatureIsRefusedAndCounted() {
        Map<String, String> fields = Wire.incoming("NOTIFY_START", WALL);
        String good =
                new ZadarmaSignature(Wire.SECRET).ofWebhook(Wire.notice(fields).signed());

        for (String bad : List.of("", "jBT4kiIxoehK9CDm1WEw9kWHPkM=", good.substring(1), good + "x")) {
            assertThat(post(Wire.request(fields, bad))).isEqualTo(403);
        }

        assertThat(zadarma.counts()).containsEntry(ZadarmaCounts.SIGNATURE, 4L);
        assertThat(calls.find(CALL)).isEmpty();
        assertThat(zadarma.health().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(post(Wire.request(fields, good))).isEqualTo(200);
        assertThat(zadarma.health()).isEqualTo(Health.UP);
    }

    @Test
    void aChangedNumberBreaksTheSignature() {
        Map<String, String> fields = Wire.incoming("NOTIFY_START", WALL);
        String good =
                new ZadarmaSignature(Wire.SECRET).ofWebhook(Wire.notice(fields).signed());
        fields.put("caller_id", "442037691880");

        assertThat(post(Wire.request(fields, good))).isEqualTo(403);
    }

    @Test
    void withoutKeysSignaturesAreNotAskedFor() {
        zadarma.close();
        zadarma = zadarma(Map.of("timeZone", "UTC", "verifySignature", "off"));

        assertThat(post(Wire.request(Wire.incoming("NOTIFY_START", WALL), ""))).isEqualTo(200);
    }

    @Test
    void onlyAllowedSendersAreHeard() {
        zadarma.close();
        zadarma = zadarma(Map.of("timeZone", "UTC", "allow[0]", "185.45.152.40/30", "allow[1]", "10.0.0.0/8"));
        Webhook.Request good = Wire.signed(Wire.incoming("NOTIFY_START", WALL));

        assertThat(post(good)).isEqualTo(200);
        for (String address : List.of("185.45.152.44", "185.45.152.39", "::1", "localhost", "")) {
            Webhook.Request other =
                    new Webhook.Request(good.method(), good.query(), good.headers(), good.body(), address);
            assertThat(post(other)).as(address).isEqualTo(403);
        }
        assertThat(zadarma.counts()).containsEntry(ZadarmaCounts.SENDER, 5L);
    }

    @Test
    void aReplayChangesNothingAndAnOldOneIsRefused() {
        Webhook.Request start = Wire.signed(Wire.incoming("NOTIFY_START", WALL));
        post(start);
        Call once = calls.find(CALL).orElseThrow();

        assertThat(post(start)).isEqualTo(200);
        assertThat(calls.find(CALL).orElseThrow()).isEqualTo(once);
        assertThat(post(Wire.signed(Wire.incoming("NOTIFY_START", "2026-03-04 14:07:26"))))
                .isEqualTo(403);
        assertThat(post(Wire.signed(Wire.incoming("NOTIFY_START", "2026-03-06 14:08:26"))))
                .isEqualTo(403);
        assertThat(zadarma.counts()).containsEntry(ZadarmaCounts.REPLAYED, 2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pbx_call_id", "call_start", "internal"})
    void aMissingFieldIsRefused(String field) {
        Map<String, String> fields = Wire.incoming("NOTIFY_INTERNAL", WALL, "internal", "100");
        fields.remove(field);

        assertThat(post(Wire.signed(fields))).isEqualTo(400);
        fields.put(field, " ");
        assertThat(post(Wire.signed(fields))).isEqualTo(400);
        assertThat(zadarma.counts()).containsEntry(ZadarmaCounts.MALFORMED, 2L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"not a form", "event=NOTIFY_START&caller_id=%2", "event=NOTIFY_START&a=%zz", "", "=&=&&", "a=1"})
    void aBodyThatIsNoFormIsRefused(String body) {
        assertThat(post(Wire.request("application/x-www-form-urlencoded", body, "x")))
                .isIn(400, 403);
        assertThat(post(Wire.request("application/json", "{\"event\":\"NOTIFY_START\"}", "x")))
                .isEqualTo(400);
        assertThat(post(Wire.request("", body, "x"))).isEqualTo(400);
        assertThat(calls.all()).isEmpty();
    }

    @Test
    void aFormInSeveralPartsIsReadAndAHalfOneIsRefused() {
        Map<String, String> fields = Wire.incoming("NOTIFY_START", WALL);
        StringBuilder body = new StringBuilder();
        fields.forEach((name, value) -> body.append("--b0undary\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
        String whole = body + "--b0undary--\r\n";
        String signature =
                new ZadarmaSignature(Wire.SECRET).ofWebhook(Wire.notice(fields).signed());

        assertThat(post(Wire.request("multipart/form-data; boundary=b0undary", whole.substring(0, 200), signature)))
                .isEqualTo(400);
        assertThat(post(Wire.request("multipart/form-data; boundary=b0undary", whole, signature)))
                .isEqualTo(200);
        assertThat(calls.find(CALL)).isPresent();
    }

    @Test
    void eventsThatAreNotKnownAreLeftAlone() {
        Map<String, String> fields = Wire.incoming("NOTIFY_INTERNAL_END", WALL, "surprise", "1");

        assertThat(post(Wire.request(fields, ""))).isEqualTo(200);
        assertThat(calls.all()).isEmpty();
        assertThat(zadarma.counts()).containsEntry(ZadarmaCounts.UNKNOWN, 1L);
    }

    @Test
    void fieldsThatAreNotKnownAreLeftAlone() {
        assertThat(post(Wire.signed(Wire.incoming("NOTIFY_START", WALL, "calltype", "normal", "dst_e164", "1"))))
                .isEqualTo(200);
        assertThat(calls.find(CALL)).isPresent();
    }

    @Test
    void theAnswerToAnArrivalCarriesTheRoute() {
        routeTo(new Router.Route("ACME \"Ltd\"\r\n", new Extension("101")));

        assertThat(answerToStart())
                .isEqualTo("{\"redirect\":\"101\",\"return_timeout\":15,\"caller_name\":\"ACME \\\"Ltd\\\"\"}");
    }

    @Test
    void withoutARouteTheAnswerIsEmpty() {
        assertThat(answerToStart()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blacklist", "0", "1", "0-1", "SIP.100"})
    void whatZadarmaWouldUnderstandAsSomethingElseIsNoTarget(String extension) {
        routeTo(new Router.Route(null, new Extension(extension)));

        assertThat(answerToStart()).isEqualTo("{}");
    }

    @Test
    void theNameCanBeLeftOutBesideARedirect() {
        zadarma.close();
        zadarma = zadarma(Map.of("timeZone", "UTC", "routing.callerName", "alone", "routing.returnTimeout", "0s"));
        routeTo(new Router.Route("ACME", new Extension("101")));
        assertThat(answerToStart()).isEqualTo("{\"redirect\":\"101\",\"return_timeout\":0}");

        routeTo(new Router.Route("ACME", null));
        assertThat(answerToStart()).isEqualTo("{\"caller_name\":\"ACME\"}");
    }

    private Zadarma zadarma(Map<String, String> settings) {
        Map<String, String> values = new HashMap<>(settings);
        values.put("key", "0123456789abcdef0123");
        values.put("secret", Wire.SECRET);
        Zadarma made = Zadarma.create(
                new ConnectorContext("office", "GB", CLOCK, store.memory("office")), ZadarmaSettings.of(values));
        made.role(CallSource.class).orElseThrow().tell(calls);
        return made;
    }

    private void routeTo(Router.Route route) {
        zadarma.role(Routing.class).orElseThrow().routeBy(question -> route);
    }

    private String answerToStart() {
        return text(zadarma.webhook().orElseThrow().handle(Wire.signed(Wire.incoming("NOTIFY_START", WALL))));
    }

    private int post(Webhook.Request request) {
        return zadarma.webhook().orElseThrow().handle(request).status();
    }

    private Webhook.Response get(String query) {
        return zadarma.webhook()
                .orElseThrow()
                .handle(new Webhook.Request("GET", query, Map.of(), new byte[0], "185.45.152.42"));
    }

    private static String text(Webhook.Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
