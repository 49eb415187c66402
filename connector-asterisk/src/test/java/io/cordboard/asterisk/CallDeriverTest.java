// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.testkit.asterisk.Trace;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CallDeriverTest {
    static Stream<String> traces() {
        return Expected.traces().keySet().stream();
    }

    static AsteriskSettings settings() {
        return AsteriskSettings.of(
                new AsteriskSettings.Ami(new AsteriskSettings.Address("127.0.0.1", 5038), "cordboard", "secret"));
    }

    static CallDeriver deriver() {
        return new CallDeriver("hq", new Endpoints(settings()), AsteriskSettings.Variables.DEFAULT);
    }

    static AmiEvent event(Trace.Message message) {
        return new AmiEvent(message.event(), message.fields(), message.variables());
    }

    static List<CallEvent> derive(List<AmiEvent> events) {
        CallDeriver deriver = deriver();
        List<CallEvent> out = new ArrayList<>();
        Instant now = Instant.EPOCH;
        for (AmiEvent event : events) {
            now = event.at(now);
            out.addAll(deriver.tick(now));
            out.addAll(deriver.on(event, now));
        }
        out.addAll(deriver.tick(now.plus(Duration.ofSeconds(1))));
        return out;
    }

    /** {@return the events with those that happened within two milliseconds in any order, and some said twice} */
    static List<AmiEvent> shuffled(List<AmiEvent> events, long seed) {
        Random random = new Random(seed);
        List<AmiEvent> all = new ArrayList<>(events);
        for (AmiEvent event : events) {
            if (random.nextInt(8) == 0) {
                all.add(event);
            }
        }
        List<Map.Entry<Long, AmiEvent>> keyed = new ArrayList<>();
        for (AmiEvent event : all) {
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, event.at(Instant.EPOCH));
            keyed.add(Map.entry(micros + random.nextInt(2_001), event));
        }
        keyed.sort(Map.Entry.comparingByKey());
        return keyed.stream().map(Map.Entry::getValue).toList();
    }

    @ParameterizedTest
    @MethodSource("traces")
    void theOrderWithinTwoMillisecondsAndRepetitionsChangeNothing(String name) {
        List<AmiEvent> events = Trace.load(name).messages().stream()
                .map(CallDeriverTest::event)
                .filter(event -> event.find("timestamp") != null)
                .toList();
        for (long seed = 1; seed <= 150; seed++) {
            List<Call> calls = Expected.fold(derive(shuffled(events, seed)));

            Expected.check(name, calls, "seed " + seed);
        }
    }

    @ParameterizedTest
    @MethodSource("traces")
    void nothingIsRememberedAfterTheLastCall(String name) {
        CallDeriver deriver = deriver();
        Instant now = Instant.EPOCH;
        for (Trace.Message message : Trace.load(name).messages()) {
            AmiEvent event = event(message);
            now = event.at(now);
            deriver.on(event, now);
        }

        deriver.tick(now.plus(Duration.ofMinutes(2)));

        assertThat(deriver.size()).isZero();
    }

    @ParameterizedTest
    @MethodSource("traces")
    void aRecordedCallIsWhatThePhonesSay(String name) {
        List<AmiEvent> events =
                Trace.load(name).messages().stream().map(CallDeriverTest::event).toList();

        List<Call> calls = Expected.fold(derive(events));

        Expected.check(name, calls);
    }

    @Test
    void callsThatWereGivenTheSameIdOneAfterTheOtherAreCallsOfTheirOwn() {
        List<String> names = List.of(
                "originate-answered", "originate-agent-noanswer", "originate-customer-busy", "originate-agent-offline");
        List<AmiEvent> events = names.stream()
                .flatMap(name -> Trace.load(name).messages().stream().map(CallDeriverTest::event))
                .toList();

        List<Call> calls = Expected.fold(derive(events));

        assertThat(calls).hasSize(4);
        for (int i = 0; i < names.size(); i++) {
            Expected.check(names.get(i), calls.subList(i, i + 1));
        }
    }
}
