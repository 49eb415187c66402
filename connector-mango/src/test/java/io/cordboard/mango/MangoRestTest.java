// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cordboard.call.Call;
import io.cordboard.call.CallId;
import io.cordboard.call.EndReason;
import io.cordboard.call.Extension;
import io.cordboard.call.Party;
import io.cordboard.call.Recording;
import io.cordboard.call.Transfer;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import io.cordboard.connector.Reason;
import io.cordboard.pbx.CallControl;
import io.cordboard.pbx.CallHistory;
import io.cordboard.pbx.Dialing;
import io.cordboard.pbx.Recordings;
import io.cordboard.testkit.Faults;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.contract.PbxBench.Scene;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MangoRestTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Extension AGENT = new Extension("100");

    @TempDir
    private Path folder;

    private @Nullable MangoBench open;

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
    }

    @Test
    void anUnknownExtensionIsRefusedAndAWrongNumberNeverSent() {
        MangoBench bench = bench(Map.of());
        Dialing dialing = bench.mango().role(Dialing.class).orElseThrow();

        assertThatThrownBy(() -> dialing.dial(new Dialing.Order("o1", new Extension("777"), MangoBench.CUSTOMER, null)))
                .isInstanceOfSatisfying(
                        ConnectorException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
        assertThatThrownBy(() -> dialing.dial(new Dialing.Order("o2", AGENT, "12", null)))
                .isInstanceOf(ConnectorException.class);
        assertThatThrownBy(() -> dialing.dial(new Dialing.Order("o3", AGENT, MangoBench.CUSTOMER, "sip:x@y")))
                .isInstanceOf(ConnectorException.class);
        assertThatThrownBy(() -> dialing.dial(new Dialing.Order("o4", new Extension("a1"), MangoBench.CUSTOMER, null)))
                .isInstanceOf(ConnectorException.class);

        assertThat((List<?>) bench.sandbox().state().get("commands")).hasSize(1);
    }

    @Test
    void aCommandWithoutAResultIsUnclear() {
        MangoBench bench = bench(Map.of("commands.timeout", "300ms"));
        CallId id = bench.talk();
        answered(bench, id);
        bench.sandbox().turn(Map.of("results", false));
        CallControl control = bench.mango().role(CallControl.class).orElseThrow();

        assertThatThrownBy(() -> control.hangUp(id))
                .isInstanceOfSatisfying(
                        ConnectorException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNCLEAR));
        assertThat(bench.mango().counts()).containsEntry("commands_without_result", 1L);
    }

    @Test
    void theOlderEditionsWordsAreUnderstoodToo() {
        MangoBench bench = bench(Map.of());
        bench.sandbox().turn(Map.of("legacy", true, "texts", true, "delayMillis", 1));

        bench.mango()
                .role(Dialing.class)
                .orElseThrow()
                .dial(new Dialing.Order("old-1", AGENT, MangoBench.CUSTOMER, null));

        await().atMost(PATIENCE)
                .until(() -> bench.calls().all().stream()
                        .anyMatch(call -> "old-1".equals(call.dialId()) && call.end() == EndReason.COMPLETED));
    }

    @Test
    void anAgentWhoDoesNotPickUpIsNoConversation() {
        MangoBench bench = bench(Map.of());
        for (String kind : List.of("callback-agent", "callback-busy", "outgoing-busy", "outgoing-noanswer")) {
            Call call = over(bench, bench.play(kind, Map.of("to", MangoBench.CUSTOMER, "wait", true)));

            assertThat(call.isAnswered()).as(kind).isFalse();
            assertThat(call.agent()).as(kind).isEqualTo(AGENT);
            assertThat(call.failedParty())
                    .as(kind)
                    .isEqualTo(kind.equals("callback-agent") ? Party.Kind.AGENT : Party.Kind.CUSTOMER);
        }
    }

    @Test
    void bothKindsOfTransferAreTold() {
        MangoBench bench = bench(Map.of());

        Call asked = over(bench, bench.play("transfer", Map.of("wait", true)));
        Call blind = over(bench, bench.play("transfer-blind", Map.of("wait", true)));

        assertThat(asked.transfers()).extracting(Transfer::kind).containsExactly(Transfer.Kind.ATTENDED);
        assertThat(blind.transfers()).extracting(Transfer::kind).containsExactly(Transfer.Kind.BLIND);
        assertThat(asked.answeredBy()).containsExactly(AGENT, new Extension("101"));
        assertThat(blind.answeredBy()).containsExactly(AGENT, new Extension("101"));
    }

    @Test
    void eachReaderOfARecordingGetsALinkOfItsOwn() throws IOException {
        MangoBench bench = bench(Map.of());
        Call call = over(bench, bench.play(Scene.ANSWERED));
        Recording recording = recording(bench, call.id());
        Recordings recordings = bench.mango().role(Recordings.class).orElseThrow();

        Recordings.Ready ready = ready(recordings, call.id(), recording);

        for (int i = 0; i < 3; i++) {
            try (InputStream content = ready.content().open()) {
                assertThat(content.readAllBytes()).isEqualTo(bench.sandbox().sound(recording.name()));
            }
        }
        assertThat(ready.link()).isNull();
    }

    @Test
    void signedLinksWorkWhereTheCabinetAllowsThem() throws IOException {
        MangoBench bench = bench(Map.of("recordings.by", "link", "recordings.delay", "1s"));
        Call call = over(bench, bench.play(Scene.ANSWERED));
        Recording recording = recording(bench, call.id());
        Recordings recordings = bench.mango().role(Recordings.class).orElseThrow();
        assertThat(recordings.fetch(call.id(), recording)).isInstanceOf(Recordings.NotYet.class);
        bench.sandbox().turn(Map.of("links", true));

        Recordings.Ready ready = ready(recordings, call.id(), recording);

        assertThat(ready.link()).isNotNull();
        try (InputStream content = ready.content().open()) {
            assertThat(content.readAllBytes()).isEqualTo(bench.sandbox().sound(recording.name()));
        }
    }

    @Test
    void askedTooEarlyIsAskedAgainOnlyWhenNothingCanBeLocked() {
        MangoBench bench = bench(Map.of("commands.pauseAfterInvalid", "2m"));
        Call call = over(bench, bench.play(Scene.LATE_RECORDING));
        Recordings recordings = bench.mango().role(Recordings.class).orElseThrow();
        Recording never = new Recording("bmV2ZXI=", null);

        assertThat(recordings.fetch(call.id(), never)).isInstanceOf(Recordings.NotYet.class);
        Recordings.Answer second = recordings.fetch(call.id(), never);

        assertThat(second)
                .isInstanceOfSatisfying(
                        Recordings.NotYet.class,
                        not -> assertThat(not.askAgain()).isGreaterThan(Duration.ofSeconds(100)));
        assertThat(bench.mango().counts()).containsEntry("requests_invalid", 1L);
    }

    @Test
    void theOldStatisticsFillAnOutageToo() {
        MangoBench bench = bench(Map.of("backfill.by", "v1"));
        CallHistory history = bench.mango().role(CallHistory.class).orElseThrow();
        String began = history.since("").next();
        bench.beginOutage();
        CallId answered = bench.play(Scene.RING_ALL);
        CallId missed = bench.play(Scene.MISSED);
        bench.endOutage();

        CallHistory.Page page = history.since(began);
        bench.calls().accept(page.events());

        assertThat(page.more()).isFalse();
        Call call = over(bench, answered);
        assertThat(call.end()).isEqualTo(EndReason.COMPLETED);
        assertThat(call.answeredBy()).containsExactly(new Extension("102"));
        assertThat(call.rang()).hasSize(3);
        assertThat(call.recordings()).hasSize(1);
        assertThat(over(bench, missed).isAnswered()).isFalse();
    }

    @Test
    void tooManyRequestsAreHeldBackAndNotSent() {
        MangoBench bench = open(new MangoBench(folder, SandboxOptions.DEFAULTS, Map.of("backfill.poll", "300ms")));
        CallHistory history = bench.mango().role(CallHistory.class).orElseThrow();
        String began = history.since("").next();

        String next = history.since(began).next();
        next = history.since(next).next();

        assertThat(next).isNotEmpty();
        assertThat(bench.mango().counts()).containsEntry("requests_429", 0L);
    }

    @Test
    void aSecondTransferWaitsForItsTurn() {
        MangoBench bench = open(new MangoBench(folder, SandboxOptions.DEFAULTS, Map.of()));
        CallControl control = bench.mango().role(CallControl.class).orElseThrow();
        CallId one = bench.talk();
        CallId other = bench.talk();
        answered(bench, one);
        answered(bench, other);

        control.transfer(one, new Extension("101"));
        control.transfer(other, new Extension("102"));

        assertThat(over(bench, one).agent()).isEqualTo(new Extension("101"));
        assertThat(over(bench, other).agent()).isEqualTo(new Extension("102"));
        assertThat(bench.mango().counts()).containsEntry("requests_429", 0L);
    }

    @Test
    void aRateThatIsUsedUpAndALockedAccountAreSaid() {
        MangoBench bench = bench(Map.of());
        await().atMost(PATIENCE)
                .until(() -> bench.mango().check().stream()
                        .anyMatch(finding -> finding.what().contains("group 999")));

        bench.sandbox().faults().set(Faults.Kind.RATE_LIMIT, 1);
        assertThat(bench.mango().check()).anyMatch(finding -> finding.grade() == Finding.Grade.FAIL);
        bench.sandbox().faults().set(Faults.Kind.EXPIRED_TOKEN, true);
        assertThat(bench.mango().check()).anyMatch(finding -> finding.what().contains("locked"));
        assertThat(bench.mango().health().status()).isEqualTo(Health.Status.DEGRADED);
    }

    @Test
    void aWrongSaltIsSeenByTheCheck() {
        MangoBench bench = bench(Map.of("salt", "wrong"));

        assertThat(bench.mango().check())
                .anyMatch(finding -> finding.grade() == Finding.Grade.FAIL
                        && finding.advice().contains("salt"));
        assertThat(bench.mango().health().status()).isEqualTo(Health.Status.REAUTHORISE);
    }

    @Test
    void callsSideBySideWithEverythingTwiceAndOutOfOrderAreThoseThatWerePlayed() {
        MangoBench bench = bench(Map.of());
        bench.sandbox().faults().set(Map.of("duplicate", 0.3, "reorder", 0.3));
        Map<CallId, Boolean> played = new HashMap<>();
        for (int i = 0; i < 15; i++) {
            boolean answered = i % 3 != 0;
            played.put(bench.play(answered ? "ringall" : "missed", Map.of()), answered);
        }

        await().atMost(Duration.ofSeconds(40)).until(bench.sandbox()::isIdle);
        played.forEach((id, answered) -> {
            Call call = await().atMost(PATIENCE)
                    .until(() -> bench.calls().find(id).filter(c -> !c.state().isLive()), Optional::isPresent)
                    .orElseThrow();
            assertThat(call.isAnswered()).isEqualTo(answered);
            await().atMost(PATIENCE)
                    .until(() -> bench.calls().find(id).orElseThrow().rang().size() == (answered ? 3 : 1));
        });
        assertThat(bench.calls().all()).hasSize(15);
    }

    private MangoBench bench(Map<String, String> settings) {
        return open(new MangoBench(folder, SandboxOptions.DEFAULTS.withLimits(false), settings));
    }

    private MangoBench open(MangoBench bench) {
        open = bench;
        return bench;
    }

    private static Recordings.Ready ready(Recordings recordings, CallId call, Recording recording) {
        return await().atMost(PATIENCE)
                .until(
                        () -> Optional.of(recordings.fetch(call, recording))
                                .filter(Recordings.Ready.class::isInstance)
                                .map(Recordings.Ready.class::cast),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static Recording recording(MangoBench bench, CallId id) {
        return await().atMost(PATIENCE)
                .until(() -> bench.calls().find(id).flatMap(Call::recording), Optional::isPresent)
                .orElseThrow();
    }

    private static void answered(MangoBench bench, CallId id) {
        await().atMost(PATIENCE)
                .until(() -> bench.calls().find(id).filter(Call::isAnswered).isPresent());
    }

    private static Call over(MangoBench bench, CallId id) {
        return await().atMost(PATIENCE)
                .until(() -> bench.calls().find(id).filter(call -> !call.state().isLive()), Optional::isPresent)
                .orElseThrow();
    }
}
