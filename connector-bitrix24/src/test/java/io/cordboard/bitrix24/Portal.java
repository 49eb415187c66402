// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.call.CallId;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.store.SqliteStore;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.bitrix24.Bitrix24Call;
import io.cordboard.testkit.bitrix24.Bitrix24Sandbox;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A portal on this machine, a store in a folder, and the connector between them. */
final class Portal implements AutoCloseable {
    static final PhoneNumber ANNA = PhoneNumber.of("+79161234567");

    final Bitrix24Sandbox sandbox;
    final SqliteStore store;
    Bitrix24 connector;
    private final Map<String, String> settings;
    private final Clock clock;

    private Portal(Path folder, SandboxOptions options, boolean app, Map<String, String> more) {
        this.clock = options.clock();
        this.sandbox = Bitrix24Sandbox.start(options);
        this.store = SqliteStore.open(folder, clock);
        this.settings = new HashMap<>(more);
        if (app) {
            sandbox.application().forEach((key, value) -> settings.put("oauth." + key, value));
            settings.putIfAbsent("responsible", "1");
        } else {
            settings.put("webhookUrl", sandbox.webhookUrl().toString());
        }
        settings.putIfAbsent("applicationToken", sandbox.applicationToken());
        settings.putIfAbsent("readTimeout", "5s");
        settings.putIfAbsent("cardDelay", "20ms");
        this.connector = connect();
    }

    static Portal webhook(Path folder, Map<String, String> more) {
        return new Portal(folder, options(), false, more);
    }

    static Portal strict(Path folder, Map<String, String> more) {
        return new Portal(folder, options().withStrict(true), false, more);
    }

    static Portal app(Path folder, Map<String, String> more) {
        return new Portal(folder, options().withStrict(true), true, more);
    }

    static Portal of(Path folder, SandboxOptions options, Map<String, String> more) {
        return new Portal(folder, options, false, more);
    }

    static SandboxOptions options() {
        return SandboxOptions.DEFAULTS.withLimits(false);
    }

    /** The process ends and begins again: only the store survives. */
    void restart() {
        connector.close();
        connector = connect();
    }

    /** The same with other settings. */
    void restart(Map<String, String> more) {
        settings.putAll(more);
        restart();
    }

    private Bitrix24 connect() {
        return Bitrix24.create(
                new ConnectorContext("main", "RU", clock, store.memory("main")), Bitrix24Settings.of(settings));
    }

    <R> R role(Class<R> role) {
        return connector.role(role).orElseThrow();
    }

    Outcome log(CrmWrite.LogCall call, int number, boolean lookFirst) {
        return role(CallLog.class)
                .log(List.of(new Attempt<>(call, call.call() + "/log", number, lookFirst)))
                .get(0);
    }

    Outcome log(CrmWrite.LogCall call) {
        return log(call, 1, false);
    }

    /** As the courier does it: again until it is known, looking first where it may be done. */
    Outcome deliver(CrmWrite.LogCall call) {
        Outcome last = log(call);
        for (int i = 2; i < 8 && !(last instanceof Outcome.Done); i++) {
            last = log(call, i, last instanceof Outcome.Unclear);
        }
        return last;
    }

    List<Bitrix24Call> finished() {
        return sandbox.calls().stream().filter(Bitrix24Call::finished).toList();
    }

    static CrmWrite.LogCall answered(String id, @Nullable String user) {
        return call(id, Direction.INBOUND, user, true, EndReason.COMPLETED);
    }

    static CrmWrite.LogCall missed(String id, @Nullable String user) {
        return call(id, Direction.INBOUND, user, false, EndReason.NO_ANSWER);
    }

    static CrmWrite.LogCall call(
            String id, Direction direction, @Nullable String user, boolean answered, EndReason end) {
        return new CrmWrite.LogCall(
                new CallId("hq", id),
                direction,
                ANNA,
                "79161234567",
                "74951110001",
                user,
                answered,
                end,
                Instant.parse("2026-11-22T10:00:00Z"),
                answered ? Duration.ofMillis(94_600) : Duration.ZERO,
                null,
                null,
                0);
    }

    static CrmWrite.LogCall with(CrmWrite.LogCall c, @Nullable ContactRef contact, @Nullable String dialRef) {
        return new CrmWrite.LogCall(
                c.call(),
                c.direction(),
                c.customer(),
                c.customerRaw(),
                c.line(),
                c.user(),
                c.answered(),
                c.end(),
                c.startedAt(),
                c.connected(),
                contact,
                dialRef,
                c.revision());
    }

    static CrmWrite.LogCall revised(CrmWrite.LogCall c, int revision) {
        return new CrmWrite.LogCall(
                c.call(),
                c.direction(),
                c.customer(),
                c.customerRaw(),
                c.line(),
                c.user(),
                c.answered(),
                c.end(),
                c.startedAt(),
                c.connected(),
                c.contact(),
                c.dialRef(),
                revision);
    }

    @Override
    public void close() {
        connector.close();
        sandbox.close();
        store.close();
    }
}
