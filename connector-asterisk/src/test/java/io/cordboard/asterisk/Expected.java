// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.CallTracker;
import io.cordboard.call.Extension;
import io.cordboard.testkit.Json;
import io.cordboard.testkit.asterisk.Trace;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the phones' side of the recorded calls says, and how to compare a derived call with it. */
final class Expected {
    private static final double TOLERANCE = 0.7;

    private Expected() {}

    @SuppressWarnings("unchecked")
    static Map<String, List<Map<String, Object>>> traces() {
        return (Map<String, List<Map<String, Object>>>)
                Objects.requireNonNull(Json.read(Trace.expected()).get("traces"));
    }

    /** {@return the calls that these events make, without those that belong to another; by their start} */
    static List<Call> fold(Collection<CallEvent> events) {
        Map<CallId, Call> calls = new LinkedHashMap<>();
        events.forEach(event -> calls.compute(event.call(), (id, call) -> CallTracker.apply(call, event)));
        return calls.values().stream()
                .filter(call -> call.absorbedInto() == null)
                .sorted(Comparator.comparing(Call::startedAt))
                .toList();
    }

    static void check(String trace, List<Call> calls) {
        check(trace, calls, trace);
    }

    static void check(String trace, List<Call> calls, String what) {
        List<Map<String, Object>> expected = Objects.requireNonNull(traces().get(trace));
        assertThat(calls).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < calls.size(); i++) {
            check(what, calls.get(i), expected.get(i));
        }
    }

    private static void check(String trace, Call call, Map<String, Object> truth) {
        String what = trace + " " + call.events();
        assertThat(call.direction().name()).as(what).isEqualTo(truth.get("direction"));
        assertThat(String.valueOf(call.end())).as(what).isEqualTo(truth.get("end"));
        if (truth.containsKey("customer")) {
            String digits = call.customer().raw().replaceAll("[^0-9]", "");
            assertThat(digits.isEmpty() ? null : digits).as(what).isEqualTo(truth.get("customer"));
        }
        if (truth.containsKey("line")) {
            assertThat(call.line()).as(what).isEqualTo(truth.get("line"));
        }
        if (truth.containsKey("agent")) {
            assertThat(String.valueOf(call.agent())).as(what).isEqualTo(truth.get("agent"));
        }
        same(what, "rang", truth, call.rang());
        same(what, "answeredBy", truth, call.answeredBy());
        same(what, "consulted", truth, call.consulted());
        if (truth.containsKey("answered")) {
            assertThat(call.isAnswered()).as(what).isEqualTo(truth.get("answered"));
        }
        seconds(what + " wait", truth.get("waitSeconds"), call.times().waiting());
        seconds(what + " connected", truth.get("connectedSeconds"), call.times().connected());
        if (truth.containsKey("holdSeconds")) {
            seconds(what + " hold", truth.get("holdSeconds"), call.times().held());
        }
        assertThat(call.recording().isPresent()).as(what).isEqualTo(truth.getOrDefault("recording", false));
        assertThat(call.failedParty() == null ? null : call.failedParty().name())
                .as(what)
                .isEqualTo(truth.get("failedLeg"));
        List<Map<String, Object>> transfers = call.transfers().stream()
                .map(transfer -> Map.<String, Object>of(
                        "kind",
                        transfer.kind().name(),
                        "from",
                        transfer.from().number(),
                        "to",
                        transfer.to(),
                        "answered",
                        transfer.answered()))
                .toList();
        assertThat(transfers).as(what).isEqualTo(truth.getOrDefault("transfers", List.of()));
    }

    private static void same(String what, String key, Map<String, Object> truth, List<Extension> found) {
        Object numbers = truth.get(key);
        if (numbers != null) {
            assertThat(found.stream().map(Extension::number).toList())
                    .as(what + " " + key)
                    .isEqualTo(numbers);
        }
    }

    private static void seconds(String what, @Nullable Object truth, @Nullable Duration found) {
        if (truth == null) {
            assertThat(found).as(what).isNull();
            return;
        }
        assertThat(found).as(what).isNotNull();
        double seconds = found == null ? -1 : found.toMillis() / 1000.0;
        assertThat(seconds).as(what).isCloseTo(((Number) truth).doubleValue(), within(TOLERANCE));
    }
}
