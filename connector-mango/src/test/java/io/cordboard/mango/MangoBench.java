// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import io.cordboard.call.CallId;
import io.cordboard.call.Extension;
import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.Webhook;
import io.cordboard.pbx.CallControl;
import io.cordboard.pbx.CallHistory;
import io.cordboard.pbx.CallSource;
import io.cordboard.pbx.Dialing;
import io.cordboard.pbx.Recordings;
import io.cordboard.pbx.Routing;
import io.cordboard.store.SqliteStore;
import io.cordboard.testkit.Faults;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.WebhookPort;
import io.cordboard.testkit.contract.PbxBench;
import io.cordboard.testkit.contract.StoredCalls;
import io.cordboard.testkit.mango.MangoSandbox;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A started account, its sandbox, a web server that hosts its webhook, and a store on disk. */
final class MangoBench implements PbxBench, AutoCloseable {
    static final String ACCOUNT = "office";
    static final String CUSTOMER = "+74955404444";
    static final String LINE = "74952150438";

    private final MangoSandbox sandbox;
    private final SqliteStore store;
    private final StoredCalls calls;
    private final Mango connector;
    private final WebhookPort port;
    private volatile boolean deaf;

    MangoBench(Path folder, SandboxOptions options, Map<String, String> settings) {
        sandbox = MangoSandbox.start(options);
        sandbox.turn(Map.of("speed", 30.0, "ivrSeconds", 15));
        store = SqliteStore.open(folder, Clock.systemUTC());
        calls = new StoredCalls(store);
        Map<String, String> values = new HashMap<>(settings);
        sandbox.config().forEach((key, value) -> values.putIfAbsent(key, String.valueOf(value)));
        values.putIfAbsent("backfill.poll", "50ms");
        values.putIfAbsent("commands.pauseAfterInvalid", "1s");
        connector = Mango.create(
                new ConnectorContext(ACCOUNT, "RU", options.clock(), store.memory(ACCOUNT)), MangoSettings.of(values));
        connector.role(CallSource.class).orElseThrow().tell(calls);
        Webhook webhook = connector.webhook().orElseThrow();
        port = WebhookPort.open(
                request -> deaf ? Webhook.Response.text(502, "nobody is here") : webhook.handle(request));
        connector.start();
        sandbox.publish(port.url());
    }

    static MangoBench open(Path folder) {
        return new MangoBench(folder, SandboxOptions.DEFAULTS.withLimits(false), Map.of());
    }

    MangoSandbox sandbox() {
        return sandbox;
    }

    Mango mango() {
        return connector;
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public StoredCalls calls() {
        return calls;
    }

    @Override
    public Set<Class<?>> roles() {
        return Set.of(
                CallSource.class, CallControl.class, CallHistory.class, Dialing.class, Recordings.class, Routing.class);
    }

    @Override
    public List<Extension> extensions() {
        return List.of(new Extension("100"), new Extension("101"), new Extension("102"));
    }

    @Override
    public String customer() {
        return CUSTOMER;
    }

    @Override
    public String line() {
        return LINE;
    }

    @Override
    public CallId play(Scene scene) {
        return play(
                switch (scene) {
                    case RING_ALL -> "ringall";
                    case REPEATED -> "duplicate";
                    case SHUFFLED -> "shuffled";
                    case LATE_RECORDING -> "late-record";
                    case ANSWERED, MISSED -> scene.name().toLowerCase(Locale.ROOT);
                },
                Map.of("wait", true, "readyMillis", scene == Scene.LATE_RECORDING ? 60_000 : 2000));
    }

    CallId play(String kind, Map<String, Object> more) {
        Map<String, Object> script = new HashMap<>(Map.of("kind", kind));
        if (!kind.startsWith("outgoing") && !kind.startsWith("callback") && !kind.equals("internal")) {
            script.putAll(Map.of("from", CUSTOMER, "to", LINE));
        }
        script.putAll(more);
        return new CallId(ACCOUNT, String.valueOf(sandbox.play(script).get("entry_id")));
    }

    @Override
    public CallId talk() {
        return play("talk", Map.of());
    }

    @Override
    public void beginOutage() {
        deaf = true;
    }

    @Override
    public void endOutage() {
        deaf = false;
    }

    @Override
    public void breakOffRecordings(boolean breakOff) {
        sandbox.faults().set(Faults.Kind.HALF_BODY, breakOff);
    }

    @Override
    public void away(boolean away) {
        sandbox.faults().set(Faults.Kind.SERVER_ERROR, away);
    }

    @Override
    public String shownName() {
        List<?> played = (List<?>) Objects.requireNonNull(sandbox.state().get("calls"));
        Map<?, ?> last = (Map<?, ?>) Objects.requireNonNull(played.get(played.size() - 1));
        return Optional.ofNullable(last.get("caller_name")).map(String::valueOf).orElse("");
    }

    /** A comma, among others, is not allowed in a header. */
    @Override
    public String showable(String name) {
        return name.replace(",", "");
    }

    @Override
    public void close() {
        port.close();
        connector.close();
        store.close();
        sandbox.close();
    }
}
