// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long a call waited, was connected, was held and talked. */
final class Timing {
    private final CallReading call;
    private final @Nullable Instant answeredAt;
    private final Instant endedAt;

    Timing(CallReading call, @Nullable Instant answeredAt, Instant endedAt) {
        this.call = call;
        this.answeredAt = answeredAt;
        this.endedAt = endedAt;
    }

    Call.Times read(boolean over) {
        Duration waiting = waiting(over);
        if (answeredAt == null || !over) {
            return new Call.Times(waiting, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        }
        PbxRecord record = call.record();
        Duration connected =
                record != null && record.connected() != null ? record.connected() : since(answeredAt, endedAt);
        Duration held = holds(endedAt).within(answeredAt, endedAt);
        return new Call.Times(
                waiting, connected, shorter(held, connected), shorter(talking(connected, held), connected));
    }

    private Duration talking(Duration connected, Duration held) {
        Spans agents = call.legs().connected(Party.Kind.AGENT, endedAt);
        if (answeredAt == null || agents.isEmpty()) {
            return connected.minus(shorter(held, connected));
        }
        return agents.withinBut(answeredAt, endedAt, holds(endedAt));
    }

    private @Nullable Duration waiting(boolean over) {
        if (answeredAt != null) {
            return since(call.startedAt(), answeredAt);
        }
        if (!over) {
            return null;
        }
        if (call.direction() == Direction.OUTBOUND) {
            return waitingForCustomer();
        }
        Instant until = call.legs().firstAnswer(Party.Kind.VOICEMAIL, null).orElse(endedAt);
        return since(call.startedAt(), until);
    }

    /** An outbound call that reached no phone at all did not wait for anybody. */
    private @Nullable Duration waitingForCustomer() {
        boolean rang = call.legs().all().stream().anyMatch(leg -> leg.ringingAt() != null || leg.answeredAt() != null);
        boolean reached = rang || !call.legs().of(Party.Kind.CUSTOMER).isEmpty();
        if (!reached && !call.legs().all().isEmpty()) {
            return null;
        }
        Optional<Instant> refused = call.legs().of(Party.Kind.CUSTOMER).stream()
                .map(Leg::endedAt)
                .filter(java.util.Objects::nonNull)
                .reduce((first, second) -> second);
        return since(call.startedAt(), refused.orElse(endedAt));
    }

    private Spans holds(Instant until) {
        return holds(call, until);
    }

    static boolean isHeld(CallReading call) {
        Map<String, Instant> open = new HashMap<>();
        walkHolds(call, open, new Spans());
        return !open.isEmpty();
    }

    private static Spans holds(CallReading call, Instant until) {
        Map<String, Instant> open = new HashMap<>();
        Spans spans = new Spans();
        walkHolds(call, open, spans);
        open.values().forEach(from -> spans.add(from, until));
        return spans;
    }

    /** A PBX may say "resumed" without "held" before it: that changes nothing. A leg that ends no longer holds. */
    private static void walkHolds(CallReading call, Map<String, Instant> open, Spans spans) {
        for (CallEvent event : call.all(CallEvent.class)) {
            if (event instanceof CallEvent.LegHeld held) {
                open.putIfAbsent(held.leg(), held.at());
            } else if (event instanceof CallEvent.LegResumed resumed) {
                close(open, resumed.leg(), resumed.at(), spans);
            } else if (event instanceof CallEvent.LegEnded ended) {
                close(open, ended.leg(), ended.at(), spans);
            }
        }
    }

    private static void close(Map<String, Instant> open, String leg, Instant at, Spans spans) {
        Instant from = open.remove(leg);
        if (from != null) {
            spans.add(from, at);
        }
    }

    private static Duration since(Instant from, Instant to) {
        return from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
