// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.testkit.asterisk.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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

    @ParameterizedTest
    @MethodSource("traces")
    void aRecordedCallIsWhatThePhonesSay(String name) {
        List<AmiEvent> events = Trace.load(name).messages().stream()
                .map(CallDeriverTest::event)
                .toList();

        List<Call> calls = Expected.fold(derive(events));

        Expected.check(name, calls);
    }
}
