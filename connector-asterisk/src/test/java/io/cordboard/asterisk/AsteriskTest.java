// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cordboard.agent.AgentState;
import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.EndReason;
import io.cordboard.call.Extension;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import io.cordboard.pbx.AgentStates;
import io.cordboard.pbx.CallControl;
import io.cordboard.pbx.CallSource;
import io.cordboard.pbx.Dialing;
import io.cordboard.pbx.Pausing;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.asterisk.AsteriskSandbox;
import io.cordboard.testkit.asterisk.Play;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AsteriskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Heard heard = new Heard();
    private final Queue<AgentStates.Change> agents = new ConcurrentLinkedQueue<>();
    private AsteriskSandbox sandbox = new AsteriskSandbox(SandboxOptions.DEFAULTS);
    private Asterisk asterisk = connector(AsteriskSandbox.SECRET, 50_000);

    private Asterisk connector(String secret, int capacity) {
        return connector(secret, capacity, sandbox.port());
    }

    private Asterisk connector(String secret, int capacity, int port) {
        AsteriskSettings settings = AsteriskSettings.of(new AsteriskSettings.Ami(
                        new AsteriskSettings.Address("127.0.0.1", port), AsteriskSandbox.USERNAME, secret))
                .with(new AsteriskSettings.Timing(
                        Duration.ofSeconds(2), Duration.ofMillis(900), Duration.ofMillis(300), Duration.ofMillis(50)));
        ConnectorContext context = new ConnectorContext("hq", "RU", Clock.systemUTC(), new NoMemory());
        Asterisk made = new Asterisk(context, settings, capacity);
        made.role(CallSource.class).orElseThrow().tell(heard);
        made.role(AgentStates.class).orElseThrow().tell(agents::add);
        return made;
    }

    private void start() {
        asterisk.start();
        awaitUp();
    }

    private void awaitUp() {
        await().atMost(PATIENCE)
                .until(() -> asterisk.health().status() == Health.Status.UP
                        && Long.valueOf(1).equals(sandbox.state().get("loggedIn")));
    }

    @AfterEach
    void stop() {
        asterisk.close();
        sandbox.close();
    }

    static Stream<String> traces() {
        return Expected.traces().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("traces")
    void aRecordedCallComesThroughASocketInRandomPieces(String trace) {
        start();

        sandbox.play(Play.of(trace));

        await().atMost(PATIENCE).until(heard::allOver);
        await().atMost(PATIENCE).untilAsserted(() -> Expected.check(trace, heard.calls()));
    }

    @Test
    void aWrongSecretIsSaidAndTriedAgain() {
        sandbox.refuseLogins(true);
        asterisk.start();
        await().atMost(PATIENCE).until(() -> asterisk.health().detail().contains("refused the login"));
        assertThat(asterisk.health())
                .isEqualTo(Health.down("Asterisk at 127.0.0.1:" + sandbox.port()
                        + " refused the login of \"cordboard\": check username and secret here, and permit in"
                        + " manager.conf"));

        sandbox.refuseLogins(false);

        awaitUp();
    }

    @Test
    void anAsteriskThatIsDownAtTheStartIsConnectedLater() {
        int port = sandbox.port();
        int http = port - 1;
        sandbox.close();
        asterisk = connector(AsteriskSandbox.SECRET, 1_000, port);
        asterisk.start();
        await().atMost(PATIENCE).until(() -> asterisk.health().detail().contains("cannot reach Asterisk"));

        sandbox = new AsteriskSandbox(SandboxOptions.DEFAULTS.withPort(http));

        awaitUp();
    }

    @Test
    void aCallThatEndedWhileTheConnectionWasCutIsClosed() {
        start();
        sandbox.start(Play.of("inbound-answered").atSpeed(4));
        await().atMost(PATIENCE).until(() -> heard.calls().stream().anyMatch(Call::isAnswered));

        sandbox.loseCalls();
        sandbox.cut();

        await().atMost(PATIENCE).until(heard::allOver);
        assertThat(heard.calls()).singleElement().satisfies(call -> {
            assertThat(call.end()).isEqualTo(EndReason.UNKNOWN);
            assertThat(call.answeredBy()).containsExactly(new Extension("101"));
        });
    }

    @Test
    void aCallThatOutlivesTheConnectionGoesOn() {
        start();
        sandbox.start(Play.of("inbound-answered").atSpeed(1));
        await().atMost(PATIENCE).until(() -> heard.calls().stream().anyMatch(Call::isAnswered));

        sandbox.cut();

        await().atMost(PATIENCE).until(heard::allOver);
        Expected.check("inbound-answered", heard.calls());
    }

    @Test
    void aCallThatIsUpAtTheStartIsKnown() {
        sandbox.start(Play.of("inbound-answered").asNew().atSpeed(1));
        await().atMost(PATIENCE).until(() -> String.valueOf(sandbox.state()).contains("BridgeUniqueid"));

        start();

        await().atMost(PATIENCE).until(heard::allOver);
        assertThat(heard.calls()).singleElement().satisfies(call -> {
            assertThat(call.customer().raw()).isEqualTo("79161234567");
            assertThat(call.line()).isEqualTo("74951110001");
            assertThat(call.answeredBy()).containsExactly(new Extension("101"));
            assertThat(call.end()).isEqualTo(EndReason.COMPLETED);
        });
    }

    @Test
    void aCallThatEndedWhileWeWereDownIsClosed() {
        CallId lost = new CallId("hq", "1795360000.1");
        heard.remembers(lost);

        start();

        await().atMost(PATIENCE).until(() -> !heard.events().isEmpty());
        assertThat(heard.events()).singleElement().isInstanceOfSatisfying(CallEvent.Ended.class, ended -> {
            assertThat(ended.call()).isEqualTo(lost);
            assertThat(ended.reason()).isEqualTo(EndReason.UNKNOWN);
        });
    }

    @Test
    void aConnectionThatFallsSilentIsMadeAgain() {
        start();

        sandbox.freeze();

        await().atMost(PATIENCE)
                .until(() -> !Integer.valueOf(1).equals(sandbox.state().get("connections")));
        awaitUp();
        sandbox.play(Play.of("inbound-answered"));
        await().atMost(PATIENCE).until(heard::allOver);
        Expected.check("inbound-answered", heard.calls());
    }

    @Test
    void brokenFramesAndForeignCharsetsDoNotStopWhatFollows() {
        start();
        sandbox.sayBytes("Event: Newchannel\r\nUniqueid\r\n: \r\nLinkedid:\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        sandbox.sayBytes("no colon at all\r\n\r\n\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        sandbox.sayBytes(
                "Event: Hangup\r\nCause: many\r\nUniqueid: 1\r\nLinkedid: 1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        sandbox.sayBytes(new byte[] {'E', 'v', 'e', 'n', 't', ':', ' ', (byte) 0xcf, (byte) 0xf0, 13, 10, 13, 10});

        sandbox.play(Play.of("inbound-answered"));

        await().atMost(PATIENCE).until(heard::allOver);
        Expected.check("inbound-answered", heard.calls());
    }

    @Test
    void manyCallsAtOnceAreKeptApart() {
        start();

        for (int i = 0; i < 20; i++) {
            sandbox.start(Play.of("blind-transfer-sip").asNew());
        }

        await().atMost(PATIENCE).until(() -> heard.calls().size() == 20 && heard.allOver());
        heard.calls().forEach(call -> Expected.check("blind-transfer-sip", List.of(call)));
    }

    @Test
    void aFloodIntoASlowStoreLosesNothing() {
        start();
        heard.slow(Duration.ofMillis(20));

        for (int i = 0; i < 60; i++) {
            sandbox.play(Play.of("inbound-second-agent").asNew());
        }

        await().atMost(Duration.ofMinutes(1)).until(() -> heard.calls().size() == 60 && heard.allOver());
        heard.calls().forEach(call -> Expected.check("inbound-second-agent", List.of(call)));
    }

    @Test
    void aStoreThatFailsLosesNothing() {
        start();
        heard.refuse(new IllegalStateException("the disk is full"));
        sandbox.play(Play.of("inbound-answered"));
        await().atMost(PATIENCE).until(() -> asterisk.health().status() == Health.Status.DEGRADED);

        heard.refuse(null);

        await().atMost(PATIENCE).until(heard::allOver);
        Expected.check("inbound-answered", heard.calls());
    }

    @Test
    void anOverflowIsMadeGoodByAskingAgain() {
        asterisk.close();
        asterisk = connector(AsteriskSandbox.SECRET, 20);
        start();
        heard.refuse(new IllegalStateException("the disk is slow"));
        sandbox.play(Play.of("attended-transfer-sip").asNew());
        sandbox.play(Play.of("inbound-answered").asNew());
        await().atMost(PATIENCE).until(() -> asterisk.health().status() == Health.Status.DEGRADED);

        heard.refuse(null);

        await().atMost(PATIENCE).until(heard::allOver);
        sandbox.play(Play.of("inbound-agent-hangup").asNew());
        await().atMost(PATIENCE)
                .until(() ->
                        heard.calls().stream().anyMatch(call -> call.end() == EndReason.COMPLETED) && heard.allOver());
    }

    @Test
    void clickToCallComesBackWithItsOrder() {
        start();
        Dialing dialing = asterisk.role(Dialing.class).orElseThrow();

        dialing.dial(new Dialing.Order("order-7", new Extension("102"), "+79035554433", null));

        await().atMost(PATIENCE).until(heard::allOver);
        assertThat(heard.calls()).singleElement().satisfies(call -> {
            assertThat(call.id()).isEqualTo(new CallId("hq", "order-7"));
            assertThat(call.dialId()).isEqualTo("order-7");
            assertThat(call.agent()).isEqualTo(new Extension("102"));
            assertThat(call.customer().raw()).contains("79035554433");
            assertThat(call.isAnswered()).isTrue();
        });
        assertThat(sandbox.actions())
                .anySatisfy(action -> assertThat(action)
                        .containsEntry("action", "Originate")
                        .containsEntry("channel", "PJSIP/102")
                        .containsEntry("exten", "79035554433")
                        .containsEntry("channelid", "order-7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\nAction: QueuePause\r\nInterface: PJSIP/101", "\n", "\r", "\u0000", "\u2028", "\u0085"})
    void aLineBreakNeverReachesAsterisk(String poison) {
        start();
        Dialing dialing = asterisk.role(Dialing.class).orElseThrow();
        Pausing pausing = asterisk.role(Pausing.class).orElseThrow();
        int before = sandbox.actions().size();

        assertThatThrownBy(() -> dialing.dial(new Dialing.Order("o1", new Extension("101"), "+7903" + poison, null)))
                .isInstanceOf(ConnectorException.class)
                .hasMessage("the number has characters that must not reach Asterisk, or is too long");
        assertThatThrownBy(
                        () -> dialing.dial(new Dialing.Order("o" + poison, new Extension("101"), "+79031112233", null)))
                .isInstanceOf(ConnectorException.class)
                .hasMessage("the order's id has characters that must not reach Asterisk, or is too long");
        assertThatThrownBy(() -> pausing.pause(new Extension("101"), true, "lunch" + poison))
                .isInstanceOf(ConnectorException.class)
                .hasMessage("the reason has characters that must not reach Asterisk, or is too long");
        assertThat(sandbox.actions()).hasSize(before);
    }

    @Test
    void aPauseReachesTheQueueAndComesBackAsAState() {
        start();
        await().atMost(PATIENCE)
                .until(() -> agents.stream().anyMatch(change -> change.state() == AgentState.AVAILABLE));

        asterisk.role(Pausing.class).orElseThrow().pause(new Extension("101"), true, "lunch");

        await().atMost(PATIENCE)
                .until(() -> agents.stream()
                        .anyMatch(change -> change.extension().equals(new Extension("101"))
                                && change.state() == AgentState.PAUSED
                                && "lunch".equals(change.detail())));
    }

    @Test
    void aCallCanBeHandedOverAndEnded() {
        start();
        sandbox.start(Play.of("inbound-answered").asNew().atSpeed(0.5));
        await().atMost(PATIENCE).until(() -> heard.calls().stream().anyMatch(Call::isAnswered));
        CallId id = heard.calls().get(0).id();
        CallControl control = asterisk.role(CallControl.class).orElseThrow();

        control.transfer(id, new Extension("102"));
        control.hangUp(id);

        await().atMost(PATIENCE).until(heard::allOver);
        assertThat(sandbox.actions())
                .anySatisfy(action -> assertThat(action)
                        .containsEntry("action", "BlindTransfer")
                        .containsEntry("exten", "102")
                        .containsEntry("context", "from-internal"));
        assertThatThrownBy(() -> control.hangUp(new CallId("hq", "1.1"))).isInstanceOf(ConnectorException.class);
    }

    @Test
    void aCheckSaysWhatIsRight() {
        start();

        List<Finding> findings = asterisk.check();

        assertThat(findings).noneMatch(finding -> finding.grade() == Finding.Grade.FAIL);
        assertThat(findings).extracting(Finding::what).contains("the clocks agree", "may Originate", "may QueuePause");
    }
}
