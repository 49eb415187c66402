// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import static org.awaitility.Awaitility.await;

import io.cordboard.call.CallId;
import io.cordboard.call.Extension;
import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.Health;
import io.cordboard.pbx.AgentStates;
import io.cordboard.pbx.CallControl;
import io.cordboard.pbx.CallSource;
import io.cordboard.pbx.Dialing;
import io.cordboard.pbx.Pausing;
import io.cordboard.pbx.Recordings;
import io.cordboard.pbx.Routing;
import io.cordboard.store.SqliteStore;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.asterisk.AsteriskSandbox;
import io.cordboard.testkit.asterisk.Play;
import io.cordboard.testkit.contract.PbxBench;
import io.cordboard.testkit.contract.PbxContract;
import io.cordboard.testkit.contract.StoredCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A started connector with every role, its sandbox, a folder of recordings, and a store on disk. */
final class AsteriskBench implements PbxBench, AutoCloseable {
    static final String ACCOUNT = "hq";
    static final String CUSTOMER = "79161234567";
    private static final int SOUND = 1_000;
    static final String LINE = "74951110001";

    private final AsteriskSandbox sandbox = new AsteriskSandbox(SandboxOptions.DEFAULTS);
    private final List<AgentStates.Change> changes = new CopyOnWriteArrayList<>();
    private final Path recordings;
    private final SqliteStore store;
    private final StoredCalls calls;
    private final Asterisk connector;

    AsteriskBench(Path folder) throws IOException {
        recordings = Files.createDirectories(folder.resolve("monitor"));
        store = SqliteStore.open(folder.resolve("store"), Clock.systemUTC());
        calls = new StoredCalls(store);
        AsteriskSettings.Address agi = new AsteriskSettings.Address("127.0.0.1", freePort());
        connector = Asterisk.create(
                new ConnectorContext(ACCOUNT, "RU", Clock.systemUTC(), new NoMemory()),
                settings(sandbox.port(), agi, recordings));
        connector.role(CallSource.class).orElseThrow().tell(calls);
        connector.role(AgentStates.class).orElseThrow().tell(changes::add);
        connector.start();
        await().atMost(PbxContract.PATIENCE)
                .until(() -> connector.health().status() == Health.Status.UP
                        && Long.valueOf(1).equals(sandbox.state().get("loggedIn")));
        await().atMost(PbxContract.PATIENCE).ignoreExceptions().until(() -> {
            new Socket(agi.host(), agi.port()).close();
            return true;
        });
        sandbox.askFastAgi(agi.port());
    }

    private static AsteriskSettings settings(int port, AsteriskSettings.Address agi, Path recordings) {
        AsteriskSettings plain = AsteriskSettings.of(new AsteriskSettings.Ami(
                new AsteriskSettings.Address("127.0.0.1", port), AsteriskSandbox.USERNAME, AsteriskSandbox.SECRET));
        return new AsteriskSettings(
                plain.ami(),
                agi,
                plain.trunks(),
                plain.agentPattern(),
                plain.localAgentContexts(),
                plain.inboundContexts(),
                plain.variables(),
                plain.dial(),
                new AsteriskSettings.Place(recordings, null),
                new AsteriskSettings.Timing(
                        Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(2)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    AsteriskSandbox sandbox() {
        return sandbox;
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
                AgentStates.class,
                CallControl.class,
                CallSource.class,
                Dialing.class,
                Pausing.class,
                Recordings.class,
                Routing.class);
    }

    @Override
    public List<Extension> extensions() {
        return List.of(new Extension("101"), new Extension("102"));
    }

    @Override
    public String customer() {
        return "+" + CUSTOMER;
    }

    @Override
    public String line() {
        return LINE;
    }

    @Override
    public CallId play(Scene scene) {
        Play answered = Play.of("inbound-answered").asNew();
        Play play = switch (scene) {
            case ANSWERED, LATE_RECORDING -> answered;
            case MISSED -> Play.of("caller-abandons").asNew();
            case RING_ALL -> Play.of("ringall-answered").asNew();
            case REPEATED -> answered.in(Play.Manner.TWICE);
            case SHUFFLED -> answered.in(Play.Manner.SHUFFLED);
        };
        String id = sandbox.play(play);
        if (scene == Scene.LATE_RECORDING) {
            var unused = CompletableFuture.runAsync(
                    () -> record(id), CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS));
        }
        return new CallId(ACCOUNT, id);
    }

    private void record(String id) {
        try {
            Files.write(recordings.resolve(LINE + "-" + CUSTOMER + "-" + id + ".wav"), new byte[SOUND]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CallId talk() {
        return new CallId(
                ACCOUNT, sandbox.start(Play.of("inbound-answered").asNew().atSpeed(0.5)));
    }

    @Override
    public List<AgentStates.Change> changes() {
        return changes;
    }

    @Override
    public boolean isPaused(Extension agent) {
        return String.valueOf(sandbox.state().get("paused")).contains("PJSIP/" + agent.number());
    }

    @Override
    public void beginOutage() {
        sandbox.refuseLogins(true);
        sandbox.cut();
    }

    @Override
    public void endOutage() {
        sandbox.refuseLogins(false);
    }

    /** Files lose their second half on the disk, and get it back. */
    @Override
    public void breakOffRecordings(boolean breakOff) {
        try (Stream<Path> files = Files.list(recordings)) {
            for (Path file : files.toList()) {
                Files.write(file, new byte[breakOff ? SOUND / 2 : SOUND]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void away(boolean away) {
        if (away) {
            beginOutage();
        } else {
            endOutage();
        }
    }

    @Override
    public String shownName() {
        return String.valueOf(sandbox.state().get("shownName"));
    }

    @Override
    public void close() {
        connector.close();
        store.close();
        sandbox.close();
    }
}
