// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.agent.AgentState;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.Health;
import io.cordboard.connector.StoreException;
import io.cordboard.connector.Webhook;
import io.cordboard.crm.AgentSource;
import io.cordboard.pbx.AgentStates;
import io.cordboard.pbx.CallSink;
import io.cordboard.pbx.CallSource;
import io.cordboard.testkit.ManualClock;
import io.cordboard.testkit.MapMemory;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.mango.MangoSandbox;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MangoWebhookTest {
    private static final MangoSignature SIGNATURE = new MangoSignature("key", "salt");
    private static final String LEG = """
            {"entry_id":"e1","call_id":"c1","timestamp":1767254400,"seq":1,"call_state":"Appeared",
            "location":"abonent","from":{"number":"74955404444"},"to":{"extension":100,"number":"sip:a@b"}}""";

    private final ManualClock clock = new ManualClock(Stories.START.plusSeconds(2));
    private final Ears ears = new Ears();
    private final List<Mango> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Mango::close);
    }

    @Test
    void whatIsSignedIsTakenAndWhatComesAgainSaysNothingNew() {
        Mango mango = mango(Map.of());

        assertThat(post(mango, "events/call", LEG).status()).isEqualTo(200);
        int told = ears.events.size();
        assertThat(post(mango, "/events/call/", LEG).status()).isEqualTo(200);

        assertThat(told).isPositive();
        assertThat(ears.events).hasSize(told);
        assertThat(mango.counts()).containsEntry("webhooks_taken", 1L).containsEntry("webhooks_repeated", 1L);
    }

    @Test
    void aWrongSignatureIsRefusedAndSeenInTheHealth() {
        Mango mango = mango(Map.of());

        Webhook.Response response = send(mango, "events/call", form("key", LEG, SIGNATURE.of(LEG + " ")), "1.1.1.1");

        assertThat(response.status()).isEqualTo(403);
        assertThat(ears.events).isEmpty();
        assertThat(mango.health().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(post(mango, "events/call", LEG).status()).isEqualTo(200);
        assertThat(mango.health()).isEqualTo(Health.UP);
    }

    @Test
    void whatCannotBeReadIsRefused() {
        Mango mango = mango(Map.of());

        assertThat(send(mango, "events/call", "json", "1.1.1.1").status()).isEqualTo(403);
        assertThat(send(mango, "events/call", "a=%zz", "1.1.1.1").status()).isEqualTo(400);
        assertThat(post(mango, "events/call", "[]").status()).isEqualTo(400);
        assertThat(post(mango, "events/call", "{").status()).isEqualTo(400);
        assertThat(post(mango, "events/call", LEG.replace("\"e1\"", "\"\"")).status())
                .isEqualTo(400);
        assertThat(post(mango, "events/call", LEG.replace("Appeared", "Vanished"))
                        .status())
                .isEqualTo(400);
        assertThat(post(mango, "events/call", LEG.replace("\"e1\"", "\"e 1\"")).status())
                .isEqualTo(400);
        assertThat(post(mango, "events/summary", LEG).status()).isEqualTo(400);
        assertThat(ears.events).isEmpty();
    }

    @Test
    void whatIsTooOldIsRefused() {
        Mango mango = mango(Map.of());
        clock.advance(Duration.ofDays(2));

        assertThat(post(mango, "events/call", LEG).status()).isEqualTo(403);
        assertThat(mango.counts()).containsEntry("webhooks_refused_replayed", 1L);
    }

    @Test
    void onlyTheAllowedMayCome() {
        Mango mango = mango(Map.of("allow[0]", "81.88.80.132", "allow[1]", "81.88.82.44/31"));
        String form = form("key", LEG, SIGNATURE.of(LEG));

        assertThat(send(mango, "events/call", form, "81.88.80.133").status()).isEqualTo(403);
        assertThat(send(mango, "events/call", form, "81.88.82.45").status()).isEqualTo(200);
    }

    @Test
    void theCabinetsConnectionCheckAndUnknownEventsAreAnswered() {
        Mango mango = mango(Map.of());

        assertThat(send(mango, "ping", "", "1.1.1.1").status()).isEqualTo(200);
        assertThat(post(mango, "events/ab/contact", "{\"x\":1}").status()).isEqualTo(200);
        assertThat(post(mango, "events/dtmf", "{\"x\":1}").status()).isEqualTo(200);
        assertThat(ears.events).isEmpty();
    }

    @Test
    void whatCouldNotBeStoredIsNotAcknowledgedAndTakenTheNextTime() {
        Mango mango = mango(Map.of());
        ears.full = true;

        assertThatThrownBy(() -> post(mango, "events/call", LEG)).isInstanceOf(StoreException.class);

        ears.full = false;
        assertThat(post(mango, "events/call", LEG).status()).isEqualTo(200);
        assertThat(ears.events).isNotEmpty();
    }

    @Test
    void aClockThatIsThreeHoursAheadIsASetting() {
        Mango mango = mango(Map.of("events.clock", "moscow"));

        post(mango, "events/call", LEG.replace("1767254400", "\"1767265200\""));

        assertThat(ears.events).isNotEmpty().allMatch(event -> !event.at().isAfter(Stories.START.plusMillis(1)));
    }

    @Test
    void aStatusOfTheContactCentreIsAStateOfTheAgent() {
        try (MangoSandbox sandbox = MangoSandbox.start(SandboxOptions.DEFAULTS.withLimits(false))) {
            Map<String, String> values = new HashMap<>(Map.of("contactCentre", "true"));
            sandbox.config().forEach((key, value) -> values.put(key, String.valueOf(value)));
            Mango mango = Mango.create(
                    new ConnectorContext("office", "RU", clock, new MapMemory()), MangoSettings.of(values));
            open.add(mango);
            List<AgentStates.Change> changes = new ArrayList<>();
            mango.role(AgentStates.class).orElseThrow().tell(changes::add);
            assertThat(mango.role(AgentSource.class).orElseThrow().users()).hasSize(3);
            String json = "{\"abonent_id\":300000101,\"status\":10,\"parent_status\":3,\"status_alias\":\"lunch\"}";

            int status = send(
                            mango,
                            "events/user/status_changed",
                            form(
                                    values.getOrDefault("key", ""),
                                    json,
                                    new MangoSignature(values.getOrDefault("key", ""), values.getOrDefault("salt", ""))
                                            .of(json)),
                            "1.1.1.1")
                    .status();

            assertThat(status).isEqualTo(200);
            assertThat(changes).hasSize(1);
            assertThat(changes.get(0).extension().number()).isEqualTo("101");
            assertThat(changes.get(0).state()).isEqualTo(AgentState.PAUSED);
            assertThat(changes.get(0).detail()).isEqualTo("lunch");
        }
    }

    private Mango mango(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(more);
        values.put("key", "key");
        values.put("salt", "salt");
        Mango mango =
                Mango.create(new ConnectorContext("office", "RU", clock, new MapMemory()), MangoSettings.of(values));
        mango.role(CallSource.class).orElseThrow().tell(ears);
        open.add(mango);
        return mango;
    }

    private static Webhook.Response post(Mango mango, String path, String json) {
        return send(mango, path, form("key", json, SIGNATURE.of(json)), "1.1.1.1");
    }

    private static String form(String key, String json, String sign) {
        return "vpbx_api_key=" + key + "&sign=" + sign + "&json=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
    }

    private static Webhook.Response send(Mango mango, String path, String body, String from) {
        return mango.webhook()
                .orElseThrow()
                .handle(new Webhook.Request(
                        "POST",
                        path,
                        "",
                        Map.of("content-type", "application/x-www-form-urlencoded"),
                        body.getBytes(StandardCharsets.UTF_8),
                        from));
    }

    private static final class Ears implements CallSink {
        private final List<CallEvent> events = new ArrayList<>();
        private boolean full;

        @Override
        public void accept(List<CallEvent> told) {
            if (full) {
                throw new StoreException("the disk is full", null);
            }
            events.addAll(told);
        }

        @Override
        public Set<CallId> live(String pbx) {
            return Set.of();
        }
    }
}
