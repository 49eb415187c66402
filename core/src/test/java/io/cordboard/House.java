// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import static org.awaitility.Awaitility.await;

import io.cordboard.agent.Agent;
import io.cordboard.agent.AgentRoster;
import io.cordboard.call.Call;
import io.cordboard.call.CallId;
import io.cordboard.call.CallState;
import io.cordboard.call.CallTracker;
import io.cordboard.call.Extension;
import io.cordboard.delivery.Delivery;
import io.cordboard.playbook.CallCard;
import io.cordboard.playbook.Responsible;
import io.cordboard.playbook.Rules;
import io.cordboard.store.SqliteStore;
import io.cordboard.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A running Cordboard on a real store, between a PBX and a CRM of the tests. */
final class House implements AutoCloseable {
    static final Extension ANNA = new Extension("101");
    static final Extension BORIS = new Extension("102");

    private static final Rules RULES = new Rules(
            Responsible.Policy.LAST_TALKED,
            Responsible.Policy.CRM_OWNER,
            null,
            Rules.UnknownCaller.NONE,
            Rules.MissedTicket.ALWAYS,
            false,
            true);
    private static final CallTracker.Patience SHORT =
            new CallTracker.Patience(Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofHours(4));

    private final Path folder;
    private UnaryOperator<CordboardBuilder> choices = builder -> builder;
    private RecordingCrm crm = new RecordingCrm("main");
    private LinePbx pbx = new LinePbx();
    private Store store;
    private Cordboard cordboard;

    House(Path folder) {
        this.folder = folder;
        this.store = SqliteStore.open(folder, Clock.systemUTC());
        this.cordboard = build();
    }

    private Cordboard build() {
        CordboardBuilder builder = Cordboard.builder(store)
                .pbx(pbx)
                .crm(crm)
                .rules(RULES)
                .patience(SHORT)
                .agents(AgentRoster.of(List.of(
                        new Agent("Anna", Map.of("hq", ANNA), Map.of("main", "17"), ZoneOffset.UTC),
                        new Agent("Boris", Map.of("hq", BORIS), Map.of("main", "18"), ZoneOffset.UTC))));
        return choices.apply(builder).build();
    }

    House start() {
        cordboard.start();
        return this;
    }

    House choose(UnaryOperator<CordboardBuilder> others) {
        choices = others;
        cordboard = build();
        return this;
    }

    /** Builds the house on another store. */
    House on(Store other) {
        store = other;
        cordboard = build();
        return this;
    }

    /** Ends the house and builds it again, with a new PBX and this CRM, on the same files. */
    House restart(RecordingCrm newCrm) {
        return restart(newCrm, builder -> builder);
    }

    /** The same with other choices. */
    House restart(RecordingCrm newCrm, UnaryOperator<CordboardBuilder> others) {
        close();
        choices = others;
        crm = newCrm;
        pbx = new LinePbx();
        store = SqliteStore.open(folder, Clock.systemUTC());
        cordboard = build();
        return start();
    }

    Cordboard cordboard() {
        return cordboard;
    }

    RecordingCrm crm() {
        return crm;
    }

    LinePbx pbx() {
        return pbx;
    }

    Store store() {
        return store;
    }

    Call call(CallId id) {
        return cordboard.call(id).map(CallCard::call).orElseThrow();
    }

    /** Waits until a call is settled and everything that it leaves behind is in the CRM. */
    Call settled(CallId id) {
        await().until(() -> store.calls()
                .find(id)
                .filter(card -> card.call().state() == CallState.SETTLED)
                .isPresent());
        await().until(() -> store.outbox().of(id).stream().allMatch(d -> d.state() == Delivery.State.DONE));
        return call(id);
    }

    Optional<Delivery> delivery(CallId call, String what) {
        return store.outbox().find("main", call + "/" + what);
    }

    @Override
    public void close() {
        cordboard.close();
        store.close();
    }
}
