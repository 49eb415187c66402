// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cordboard.agent.AgentState;
import io.cordboard.call.CallId;
import io.cordboard.call.Extension;
import io.cordboard.call.Recording;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import io.cordboard.connector.Reason;
import io.cordboard.pbx.AgentStates;
import io.cordboard.pbx.CallControl;
import io.cordboard.pbx.CallHistory;
import io.cordboard.pbx.Dialing;
import io.cordboard.pbx.Pausing;
import io.cordboard.pbx.Recordings;
import io.cordboard.testkit.Faults;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.contract.PbxBench;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ZadarmaRestTest {
    private static final CallId CALL = new CallId(ZadarmaBench.ACCOUNT, Wire.IN);

    @TempDir
    private Path folder;

    private ZadarmaBench bench;

    @BeforeEach
    void open() throws IOException {
        bench = ZadarmaBench.open(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void anAccountThatIsInOrderHasNothingToWarnOf() throws IOException {
        reopen(SandboxOptions.DEFAULTS, Map.of());

        assertThat(bench.zadarma().check()).isNotEmpty().allMatch(finding -> finding.grade() == Finding.Grade.OK);
    }

    @Test
    void theCheckSaysWhatIsWrongAndWhatToDo() throws IOException {
        reopen(
                SandboxOptions.DEFAULTS,
                Map.of(
                        "timeZone", "Asia/Tokyo",
                        "verifySignature", "off",
                        "webhookUrl", "https://cc.example.com/hook/office/other"));

        List<Finding> wrong = bench.zadarma().check().stream()
                .filter(finding -> finding.grade() != Finding.Grade.OK)
                .toList();
        assertThat(wrong)
                .extracting(Finding::where)
                .containsExactlyInAnyOrder("office.verifySignature", "office.timeZone", "office.webhookUrl");
        assertThat(wrong).noneMatch(finding -> finding.advice().isBlank());
    }

    @Test
    void aWrongSecretIsOneFindingAndTheAccountsHealth() throws IOException {
        reopen(SandboxOptions.DEFAULTS, Map.of("secret", "wrong"));

        List<Finding> findings = bench.zadarma().check();

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).grade()).isEqualTo(Finding.Grade.FAIL);
        assertThat(findings.get(0).advice()).contains("key and secret");
        assertThat(bench.zadarma().health().status()).isEqualTo(Health.Status.REAUTHORISE);
    }

    @Test
    void theWebhookAddressCanBePublished() {
        bench.zadarma().publish(bench.hook());

        assertThat(bench.zadarma().check())
                .extracting(Finding::what)
                .contains("Zadarma calls 127.0.0.1", "all notifications are on");
    }

    @Test
    void anAddressThatDoesNotAnswerIsNotTaken() {
        bench.beginOutage();

        assertThatThrownBy(() -> bench.zadarma().publish(bench.hook()))
                .isInstanceOfSatisfying(
                        ConnectorException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
    }

    @Test
    void rolesThatZadarmaCannotPlayAreAbsent() {
        assertThat(bench.zadarma().role(CallControl.class)).isEmpty();
        assertThat(bench.zadarma().role(Pausing.class)).isEmpty();
        assertThat(bench.zadarma().role(AgentStates.class)).isEmpty();
    }

    @Test
    void aRefusedOrderSaysWhatToCheckAndIsForgotten() {
        Dialing dialing = bench.zadarma().role(Dialing.class).orElseThrow();

        assertThatThrownBy(
                        () -> dialing.dial(new Dialing.Order("o1", new Extension("999"), ZadarmaBench.CUSTOMER, null)))
                .isInstanceOfSatisfying(ConnectorException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.REFUSED);
                    assertThat(e).hasMessageContaining("extension 999").hasMessageNotContaining("442037691880");
                });
        assertThat(bench.store().memory(ZadarmaBench.ACCOUNT).startingWith("dial/"))
                .isEmpty();
    }

    @Test
    void anOrderWhoseAnswerIsLostIsUnclearAndStillRecognised() {
        bench.sandbox().faults().set(Faults.Kind.LOST_ANSWER, 1, "/v1/request/callback/");
        Dialing dialing = bench.zadarma().role(Dialing.class).orElseThrow();

        assertThatThrownBy(
                        () -> dialing.dial(new Dialing.Order("o2", new Extension("100"), ZadarmaBench.CUSTOMER, null)))
                .isInstanceOfSatisfying(
                        ConnectorException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNCLEAR));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(bench.calls().all())
                        .anyMatch(call -> "o2".equals(call.dialId()) && call.isAnswered()));
        assertThat((List<?>) bench.sandbox().state().get("callbacks")).hasSize(1);
    }

    @Test
    void anAgentWhoDoesNotPickUpFailsTheOrder() {
        bench.sandbox().turn(Map.of("callbackKind", "agent"));
        bench.zadarma()
                .role(Dialing.class)
                .orElseThrow()
                .dial(new Dialing.Order("o3", new Extension("100"), ZadarmaBench.CUSTOMER, null));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(bench.calls().all())
                        .singleElement()
                        .satisfies(call -> {
                            assertThat(call.dialId()).isEqualTo("o3");
                            assertThat(call.state().isLive()).isFalse();
                            assertThat(call.isAnswered()).isFalse();
                            assertThat(call.customer().raw()).isEqualTo(ZadarmaBench.CUSTOMER);
                        }));
    }

    @Test
    void aCallbackInOnePieceIsOneCallToo() {
        bench.sandbox().turn(Map.of("callbackHalves", "one"));
        bench.zadarma()
                .role(Dialing.class)
                .orElseThrow()
                .dial(new Dialing.Order("o4", new Extension("100"), ZadarmaBench.CUSTOMER, null));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(bench.calls().all())
                        .singleElement()
                        .satisfies(call -> {
                            assertThat(call.dialId()).isEqualTo("o4");
                            assertThat(call.isAnswered()).isTrue();
                            assertThat(call.state().isLive()).isFalse();
                        }));
    }

    @Test
    void aRecordingIsTheFileThatThePbxHas() throws IOException {
        bench.sandbox().turn(Map.of("links", true));
        CallId call = bench.play("answered", Map.of("readyMillis", 0));
        Recording recording = bench.calls().find(call).orElseThrow().recording().orElseThrow();

        Recordings.Answer answer =
                bench.zadarma().role(Recordings.class).orElseThrow().fetch(call, recording);

        assertThat(answer).isInstanceOfSatisfying(Recordings.Ready.class, ready -> {
            assertThat(ready.link()).isNotNull();
            assertThat(ready.fileName()).isEqualTo(recording.name() + ".mp3");
        });
        try (InputStream in = ((Recordings.Ready) answer).content().open()) {
            assertThat(in.readAllBytes()).isEqualTo(bench.sandbox().sound(recording.name()));
        }
    }

    @Test
    void aRecordingThatNeverCameIsGivenUpAfterADay() {
        Recordings recordings = bench.zadarma().role(Recordings.class).orElseThrow();
        Recording recording = new Recording("1585913205.75283", null);

        assertThat(recordings.fetch(CALL, recording)).isInstanceOf(Recordings.NotYet.class);

        String asked = "recording/" + recording.name();
        assertThat(bench.store().memory(ZadarmaBench.ACCOUNT).get(asked)).isPresent();
        bench.store().memory(ZadarmaBench.ACCOUNT).put(asked, "2026-01-01T00:00:00Z");
        assertThat(recordings.fetch(CALL, recording)).isInstanceOf(Recordings.Gone.class);
        assertThat(bench.store().memory(ZadarmaBench.ACCOUNT).get(asked)).isEmpty();
    }

    @Test
    void callsFromBeforeTheVeryFirstLookAreNotTold() {
        CallHistory history = bench.zadarma().role(CallHistory.class).orElseThrow();
        bench.beginOutage();
        bench.play(PbxBench.Scene.ANSWERED);
        Instant over = Instant.now();
        // The statistics know whole seconds.
        await().until(() -> Instant.now().isAfter(over.plusSeconds(2)));

        String cursor = "";
        for (int i = 0; i < 5; i++) {
            CallHistory.Page page = history.since(cursor);
            assertThat(page.events()).isEmpty();
            cursor = page.next();
        }
    }

    @Test
    void theRateOfTheStatisticsIsKept() throws IOException {
        reopen(SandboxOptions.DEFAULTS, Map.of());
        CallHistory history = bench.zadarma().role(CallHistory.class).orElseThrow();
        String cursor = history.since("").next();
        for (int i = 0; i < 3; i++) {
            cursor = history.since(cursor).next();
        }
        String next = cursor;
        long before = answered();

        assertThatThrownBy(() -> history.since(next)).isInstanceOfSatisfying(ConnectorException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.RATE_LIMITED);
            assertThat(e.retryAfter())
                    .hasValueSatisfying(wait -> assertThat(wait).isPositive());
        });
        assertThat(answered()).as("requests of the statistics").isEqualTo(before);
    }

    @Test
    void aRefusalForTheRateSaysWhenToAskAgain() {
        bench.sandbox().faults().set(Faults.Kind.RATE_LIMIT, 1, "/v1/statistics/pbx/");
        CallHistory history = bench.zadarma().role(CallHistory.class).orElseThrow();
        String began = history.since("").next();

        assertThatThrownBy(() -> history.since(began)).isInstanceOfSatisfying(ConnectorException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.RATE_LIMITED);
            assertThat(e.retryAfter())
                    .hasValueSatisfying(wait -> assertThat(wait).isLessThan(Duration.ofMinutes(2)));
        });
    }

    @Test
    void answersThatCannotBeUnderstoodAreTriedAgain() {
        CallHistory history = bench.zadarma().role(CallHistory.class).orElseThrow();
        String began = history.since("").next();
        for (Faults.Kind kind : List.of(Faults.Kind.HTML, Faults.Kind.SERVER_ERROR, Faults.Kind.HALF_BODY)) {
            bench.sandbox().faults().set(kind, 1, "/v1/statistics/pbx/");

            assertThatThrownBy(() -> history.since(began))
                    .as(kind.key())
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
        }
        assertThat(history.since(began).more()).isTrue();
    }

    @Test
    void onlyChangesOfRegistrationAreTold() throws IOException {
        reopen(SandboxOptions.DEFAULTS.withLimits(false), Map.of("presence.every", "30s"));
        bench.sandbox().turn(Map.of("offline", List.of("101")));
        ZadarmaApi api = new ZadarmaApi("office", settings(), java.time.Clock.systemUTC());
        ZadarmaPresence presence = new ZadarmaPresence("office", api, java.time.Clock.systemUTC());
        Queue<AgentStates.Change> changes = new ConcurrentLinkedQueue<>();
        presence.tell(changes::add);

        presence.look();
        presence.look();

        assertThat(changes.stream().collect(Collectors.toMap(c -> c.extension().number(), AgentStates.Change::state)))
                .isEqualTo(Map.of("100", AgentState.AVAILABLE, "101", AgentState.OFFLINE, "102", AgentState.AVAILABLE));
        assertThat(bench.zadarma().role(AgentStates.class)).isPresent();
        api.close();
    }

    private ZadarmaSettings settings() {
        return ZadarmaSettings.of(bench.sandbox().config().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue()))));
    }

    private long answered() {
        return ((Number) bench.sandbox().state().getOrDefault("statisticsRequests", 0)).longValue();
    }

    private void reopen(SandboxOptions options, Map<String, String> settings) throws IOException {
        bench.close();
        bench = new ZadarmaBench(folder, options, settings);
    }
}
