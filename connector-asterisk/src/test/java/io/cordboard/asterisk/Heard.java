// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.pbx.CallSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Remembers what a connector tells, and folds it as the engine does. */
final class Heard implements CallSink {
    private final List<CallEvent> events = new ArrayList<>();
    private Duration pause = Duration.ZERO;
    private Set<CallId> earlier = Set.of();
    private @Nullable RuntimeException refusal;

    @Override
    public synchronized void accept(List<CallEvent> news) {
        if (refusal != null) {
            throw refusal;
        }
        LockSupport.parkNanos(pause.toNanos());
        events.addAll(news);
    }

    @Override
    public synchronized Set<CallId> live(String pbx) {
        Set<CallId> live = calls().stream()
                .filter(call -> call.state().isLive())
                .map(Call::id)
                .collect(Collectors.toSet());
        live.addAll(earlier);
        return live;
    }

    /** Takes so long for each batch, as a busy disk does. */
    synchronized void slow(Duration time) {
        pause = time;
    }

    synchronized void remembers(CallId call) {
        earlier = Set.of(call);
    }

    synchronized void refuse(@Nullable RuntimeException why) {
        refusal = why;
    }

    synchronized List<CallEvent> events() {
        return List.copyOf(events);
    }

    synchronized List<Call> calls() {
        return Expected.fold(events);
    }

    boolean allOver() {
        List<Call> calls = calls();
        return !calls.isEmpty() && calls.stream().noneMatch(call -> call.state().isLive());
    }
}
