// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.CallTracker;
import io.cordboard.pbx.CallSink;
import io.cordboard.store.Changes;
import io.cordboard.store.Store;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a PBX told, on disk, and the calls that it amounts to. Safe for use by many threads. */
public final class StoredCalls implements CallSink {
    private final Store store;

    /**
     * Creates a sink.
     *
     * @param store where the events go
     */
    public StoredCalls(Store store) {
        this.store = store;
    }

    @Override
    public void accept(List<CallEvent> events) {
        store.commit(Changes.events(events));
    }

    @Override
    public Set<CallId> live(String pbx) {
        return all().stream()
                .filter(call -> call.id().pbx().equals(pbx) && call.state().isLive())
                .map(Call::id)
                .collect(Collectors.toSet());
    }

    /**
     * {@return the call as its events tell it by now}
     *
     * @param id the call
     */
    public Optional<Call> find(CallId id) {
        Call call = null;
        for (CallEvent event : store.calls().events(id)) {
            call = CallTracker.apply(call, event);
        }
        return Optional.ofNullable(call);
    }

    /** {@return every call that is not part of another one, oldest first} */
    public List<Call> all() {
        return store.calls().unfinished().stream()
                .map(this::find)
                .flatMap(Optional::stream)
                .filter(call -> call.absorbedInto() == null)
                .sorted(Comparator.comparing(Call::startedAt).thenComparing(Call::id))
                .toList();
    }
}
