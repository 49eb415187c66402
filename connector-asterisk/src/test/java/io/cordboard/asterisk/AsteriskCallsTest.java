// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.pbx.CallSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the calls when something fails over one event. */
final class AsteriskCallsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AmiEvent POISON = new AmiEvent("queuememberadded", Map.of());

    private final Heard heard = new Heard();
    private final AtomicInteger resyncs = new AtomicInteger();
    private final AsteriskCounts counts = new AsteriskCounts();
    private final AtomicBoolean clockFails = new AtomicBoolean();
    private AsteriskCalls calls = source(event -> {});

    private final class FailingClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            boolean working = Thread.currentThread().getName().equals("asterisk-hq-calls");
            if (working && clockFails.getAndSet(false)) {
                throw new ArithmeticException("long overflow");
            }
            return Instant.now();
        }
    }

    private AsteriskCalls source(Consumer<AmiEvent> others) {
        AsteriskCalls made = new AsteriskCalls(
                new ConnectorContext("hq", "RU", new FailingClock(), new NoMemory()),
                counts,
                CallDeriverTest.settings(),
                100,
                others);
        made.tell(heard);
        made.onLoss(resyncs::incrementAndGet);
        return made;
    }

    @AfterEach
    void stop() {
        calls.close();
    }

    private void callComesIn(String id) {
        calls.hear(new AmiEvent(
                "newchannel",
                Map.of(
                        "channel", "PJSIP/trunk-00000001",
                        "uniqueid", id,
                        "linkedid", id,
                        "calleridnum", "79161234567",
                        "context", "from-trunk",
                        "exten", "74951110001")));
    }

    private void awaitCall(String id) {
        await().atMost(PATIENCE)
                .until(() -> heard.events().stream().map(CallEvent::call).anyMatch(new CallId("hq", id)::equals));
    }

    @Test
    void whoListensAndFailsTakesNoCallAway() {
        calls = source(event -> {
            throw new IllegalStateException("out of order");
        });
        calls.start();

        callComesIn("1795360000.1");
        callComesIn("1795360000.2");

        awaitCall("1795360000.1");
        awaitCall("1795360000.2");
        await().atMost(PATIENCE).until(() -> resyncs.get() == 1);
    }

    @Test
    void aFailureThatComesAgainAndAgainDoesNotAskAgainAndAgain() {
        calls = source(event -> {
            throw new IllegalStateException("out of order");
        });
        calls.start();
        calls.hear(POISON);
        await().atMost(PATIENCE).until(() -> resyncs.get() == 1);

        for (int i = 0; i < 50; i++) {
            calls.hear(POISON);
        }

        await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> resyncs.get() == 1);
        await().atMost(PATIENCE).until(() -> resyncs.get() == 2);
        assertThat(counts.all())
                .containsEntry(AsteriskCounts.EVENTS, 51L)
                .containsEntry(AsteriskCounts.FAILED, 51L)
                .containsEntry(AsteriskCounts.RESYNCS, 2L);
    }

    @Test
    void whatFindsNoRoomIsCounted() {
        for (int i = 0; i < 103; i++) {
            calls.hear(POISON);
        }

        assertThat(counts.all()).containsEntry(AsteriskCounts.EVENTS, 100L).containsEntry(AsteriskCounts.DROPPED, 3L);
    }

    @Test
    void aStoreThatCannotSayWhatIsLiveTakesNoCallAway() {
        AtomicBoolean fails = new AtomicBoolean(true);
        calls.tell(new CallSink() {
            @Override
            public void accept(List<CallEvent> events) {
                heard.accept(events);
            }

            @Override
            public Set<CallId> live(String pbx) {
                if (fails.getAndSet(false)) {
                    throw new IllegalStateException("the disk is slow");
                }
                return heard.live(pbx);
            }
        });
        calls.start();

        calls.hear(new AmiEvent("coreshowchannelscomplete", Map.of()));
        callComesIn("1795360000.3");

        awaitCall("1795360000.3");
        await().atMost(PATIENCE).until(() -> resyncs.get() == 1);
    }

    @Test
    void aTickThatFailsTakesNoCallAway() {
        clockFails.set(true);
        calls.start();
        await().atMost(PATIENCE).until(() -> resyncs.get() == 1);

        callComesIn("1795360000.4");

        awaitCall("1795360000.4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e999999999", "99999999999999999999999999", "31556889864403199", "-31557014167219201", "x"})
    void aTimeThatNobodyCanReckonWithIsNoTime(String timestamp) {
        Instant now = Instant.parse("2026-11-22T16:00:00Z");

        assertThat(new AmiEvent("hangup", Map.of("timestamp", timestamp)).at(now))
                .isEqualTo(now);
    }

    @Test
    void aTimeIsReadWithItsMicroseconds() {
        AmiEvent event = new AmiEvent("hangup", Map.of("timestamp", "1795365484.234567"));

        assertThat(event.at(Instant.EPOCH)).isEqualTo(Instant.ofEpochSecond(1_795_365_484L, 234_567_000));
    }
}
