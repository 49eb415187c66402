// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import static org.awaitility.Awaitility.await;

import io.cordboard.ManualClock;
import io.cordboard.call.CallId;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.Recording;
import io.cordboard.crm.CrmWrite;
import io.cordboard.store.Changes;
import io.cordboard.store.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A courier on a real store, two scripted accounts and a clock that stands still. */
final class CourierFixture implements AutoCloseable {
    static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");

    private final ManualClock clock = new ManualClock(T0);
    private final ScriptedCrm main = new ScriptedCrm("main");
    private final ScriptedCrm other = new ScriptedCrm("other");
    private final List<Courier> couriers = new ArrayList<>();
    private final SqliteStore store;

    CourierFixture(Path folder) {
        store = SqliteStore.open(folder, clock);
    }

    ScriptedCrm main() {
        return main;
    }

    ScriptedCrm other() {
        return other;
    }

    ManualClock clock() {
        return clock;
    }

    SqliteStore store() {
        return store;
    }

    Courier start() {
        return start(builder -> builder);
    }

    Courier start(UnaryOperator<Courier.Builder> setting) {
        return start(setting, main, other);
    }

    Courier start(UnaryOperator<Courier.Builder> setting, ScriptedCrm... accounts) {
        Courier.Builder builder = Courier.builder(store.outbox(), clock)
                .rest(Duration.ofMillis(50), Duration.ofMillis(200))
                .jitter(() -> 0);
        for (ScriptedCrm account : accounts) {
            builder.crm(account);
        }
        Courier courier = setting.apply(builder).build();
        couriers.add(courier);
        courier.start();
        return courier;
    }

    /** Plans deliveries and tells the couriers. */
    void plan(Delivery... deliveries) {
        store.commit(new Changes(List.of(), List.of(), List.of(deliveries)));
        wake();
    }

    void planNotes(String account, int howMany) {
        Delivery[] notes = new Delivery[howMany];
        for (int i = 0; i < howMany; i++) {
            notes[i] = note(account, "n" + i, "lane " + i, null);
        }
        plan(notes);
    }

    void wake() {
        for (Courier courier : couriers) {
            courier.wake("main");
            courier.wake("other");
        }
    }

    void advance(Duration by) {
        clock.advance(by);
        wake();
    }

    Delivery stored(String key) {
        return store.outbox().find("main", key).orElseThrow();
    }

    void awaitState(String key, Delivery.State state) {
        await().until(() -> stored(key).state() == state);
    }

    void awaitCount(String account, Delivery.State state, long howMany) {
        await().atMost(Duration.ofSeconds(60)).until(() -> store.outbox().count(account, state) == howMany);
    }

    static Delivery note(String account, String key, String lane, @Nullable String after) {
        CrmWrite write = new CrmWrite.AddNote(new CallId("hq", lane), "a note", null, null);
        return Delivery.planned(account, key, lane, after, write, T0);
    }

    static Delivery call(String key, String lane) {
        CrmWrite write = new CrmWrite.LogCall(
                new CallId("hq", lane),
                Direction.INBOUND,
                null,
                "",
                null,
                null,
                false,
                EndReason.ABANDONED,
                T0,
                Duration.ZERO,
                null,
                null,
                0);
        return Delivery.planned("main", key, lane, null, write, T0);
    }

    static Delivery recording(String key, String lane) {
        CrmWrite write = new CrmWrite.AttachRecording(new CallId("hq", lane), new Recording("r.wav", null));
        return Delivery.planned("main", key, lane, null, write, T0);
    }

    @Override
    public void close() {
        couriers.forEach(Courier::close);
        store.close();
    }
}
