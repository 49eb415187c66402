// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.asterisk;

import io.cordboard.testkit.Faults;
import io.cordboard.testkit.Sandbox;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.SandboxServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An Asterisk on this machine: speaks the manager interface on a port of its own, replays recorded sessions of a real
 * Asterisk 22 byte for byte, and fails on request.
 *
 * <p>{@code POST /_sandbox/call {"trace":"inbound-answered","speed":10,"fresh":true}} on its HTTP port plays a call;
 * several may run at once. Safe for use by many threads.
 */
public final class AsteriskSandbox implements Sandbox {
    /** The user that may log in. */
    public static final String USERNAME = "cordboard";

    /** That user's secret. */
    public static final String SECRET = "sandbox-secret";

    private static final String TRANSFER = "blind-transfer-ami";

    private final SandboxServer http;
    private final AmiServer ami;
    private final AmiAnswers answers;
    private final Faults faults;
    private final Clock clock;
    private final Channels channels = new Channels();
    private final AtomicLong plays = new AtomicLong();
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private volatile int agi;
    private volatile String shownName = "";

    /** A replay that goes on. */
    private record Running(Trace trace, Rewrite rewrite, AtomicBoolean stopped) {}

    /**
     * Starts a sandbox; the manager interface listens on the port after the HTTP port, or on any that is free.
     *
     * @param options the HTTP port, and the seed: text is written in pieces of random size unless it is 0
     */
    public AsteriskSandbox(SandboxOptions options) {
        this.clock = options.clock();
        this.faults = new Faults(options.seed(), Set.of());
        this.answers = new AmiAnswers(this, channels, clock);
        this.ami = new AmiServer(options.port() == 0 ? 0 : options.port() + 1, options.seed(), answers::answer);
        this.http = SandboxServer.start(options, faults, new AsteriskControls(this));
    }

    @Override
    public String vendor() {
        return "asterisk";
    }

    @Override
    public URI url() {
        return http.url();
    }

    /** {@return the port of the manager interface} */
    public int port() {
        return ami.port();
    }

    @Override
    public Optional<String> certificate() {
        return http.certificate();
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("type", vendor());
        config.put("host", "127.0.0.1");
        config.put("port", ami.port());
        config.put("username", USERNAME);
        config.put("secret", SECRET);
        return config;
    }

    @Override
    public Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("connections", ami.connections());
        state.put("loggedIn", ami.loggedIn());
        state.put("plays", plays.get());
        state.put("playing", running.size());
        state.put("channels", channels.all());
        state.put("actions", answers.actions());
        state.put("paused", answers.paused());
        state.put("shownName", shownName);
        return state;
    }

    @Override
    public Faults faults() {
        return faults;
    }

    @Override
    public void reset() {
        running.forEach(one -> one.stopped().set(true));
        channels.clear();
        answers.reset();
    }

    /**
     * Replays a session to everybody who is logged in; returns when it is over.
     *
     * @param play what and how
     * @return the Linkedid of the first channel, which is the call's id
     */
    public String play(Play play) {
        return replay(play, false);
    }

    /**
     * Replays a session on a thread of its own.
     *
     * @param play what and how
     * @return the Linkedid of the first channel, which is the call's id
     */
    public String start(Play play) {
        return replay(play, true);
    }

    private String replay(Play play, boolean aside) {
        long number = plays.incrementAndGet();
        Trace trace = Trace.load(play.trace()).in(play.manner());
        Rewrite rewrite = Rewrite.of(play, trace, clock.instant(), number);
        Rewrite routed = agi == 0 ? rewrite : route(trace, rewrite);
        if (aside) {
            background(() -> replay(trace, play.speed(), routed));
        } else {
            replay(trace, play.speed(), routed);
        }
        return trace.messages().stream()
                .flatMap(message -> message.field("Linkedid").stream())
                .findFirst()
                .map(routed::apply)
                .orElse("");
    }

    /** Asks as the dial plan of the documentation does, before anybody's phone rings. */
    private Rewrite route(Trace trace, Rewrite rewrite) {
        Trace.Message caller =
                new Trace.Message(0, rewrite.apply(trace.first("Newchannel").text()));
        Map<String, String> set = AgiCall.ask(agi, caller);
        shownName = set.getOrDefault("CALLERID(name)", "");
        String responsible = set.getOrDefault("CRM_DEST", "");
        return responsible.isEmpty() ? rewrite : rewrite.with(Map.of("PJSIP/101", "PJSIP/" + responsible));
    }

    /**
     * Sets whom the dial plan asks before a call from outside rings anywhere.
     *
     * @param port where FastAGI listens on this machine; 0 for nobody
     */
    public void askFastAgi(int port) {
        agi = port;
    }

    /** Replays a click-to-call for a request that was made. */
    void startOrder(String trace, Map<String, String> texts) {
        Trace session = Trace.load(trace);
        Rewrite rewrite = Rewrite.of(Play.of(trace).asNew(), session, clock.instant(), plays.incrementAndGet())
                .with(texts);
        background(() -> replay(session, answers.orderSpeed(), rewrite));
    }

    private static void background(Runnable task) {
        Thread thread = new Thread(task, "ami-sandbox-play");
        thread.setDaemon(true);
        thread.start();
    }

    private void replay(Trace trace, double speed, Rewrite rewrite) {
        Running one = new Running(trace, rewrite, new AtomicBoolean());
        running.add(one);
        try {
            long started = System.nanoTime();
            long first =
                    trace.messages().isEmpty() ? 0 : trace.messages().get(0).millis();
            for (Trace.Message message : trace.messages()) {
                if (speed > 0) {
                    long due = (long) ((message.millis() - first) * 1_000_000 / speed);
                    pause(Duration.ofNanos(due - (System.nanoTime() - started)));
                }
                synchronized (one.stopped()) {
                    if (one.stopped().get() || Thread.currentThread().isInterrupted()) {
                        return;
                    }
                    say(rewrite.apply(message.text()));
                }
            }
        } finally {
            running.remove(one);
        }
    }

    private static void pause(Duration time) {
        if (!time.isNegative() && !time.isZero()) {
            try {
                TimeUnit.NANOSECONDS.sleep(time.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Says an event to everybody who is logged in.
     *
     * @param text its lines, each ended by CRLF, without the empty line
     */
    public void say(String text) {
        channels.note(text);
        ami.say((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Says bytes to everybody who is logged in, whatever they are.
     *
     * @param bytes such as half a message, or one in another charset
     */
    public void sayBytes(byte[] bytes) {
        ami.say(bytes);
    }

    /** Cuts every connection, in the middle of a call or not. */
    public void cut() {
        ami.cut();
    }

    /** Lets every present connection fall silent without closing it. */
    public void freeze() {
        ami.freeze();
    }

    /** Forgets the channels and stops what is played, as a restart of Asterisk does. */
    public void loseCalls() {
        running.forEach(one -> one.stopped().set(true));
        channels.clear();
    }

    /**
     * Refuses logins, or takes them again.
     *
     * @param refused whether the secret counts as wrong
     */
    public void refuseLogins(boolean refused) {
        answers.refuseLogins(refused);
    }

    /**
     * Sets what is played when a click-to-call is asked for. The default is {@code originate-answered}, ten times
     * faster than recorded.
     *
     * @param trace the session
     * @param speed how many times faster than recorded; 0 for as fast as possible
     */
    public void answerOrders(String trace, double speed) {
        Trace.load(trace);
        answers.answerOrders(trace, speed);
    }

    /** {@return the actions that came, without those of the login; field names in lower case} */
    public List<Map<String, String>> actions() {
        return answers.actions();
    }

    /** Ends the call of a channel, as the action Hangup does. */
    boolean hangUp(String channel) {
        stop(channels.callOf(channel));
        List<Map<String, String>> call = channels.callOf(channel);
        for (Map<String, String> one : call) {
            String id = one.getOrDefault("Uniqueid", "");
            say("Event: Hangup\r\nPrivilege: call,all\r\nChannel: " + one.get("Channel") + "\r\nUniqueid: " + id
                    + "\r\nLinkedid: " + one.get("Linkedid") + "\r\nCause: 16\r\nCause-txt: Normal Clearing\r\n");
        }
        return !call.isEmpty();
    }

    /** Says nothing more of a call; what is just being said is said. */
    private void stop(List<Map<String, String>> call) {
        for (Map<String, String> one : call) {
            String line = "Uniqueid: " + one.getOrDefault("Uniqueid", "") + "\r\n";
            for (Running play : running) {
                if (play.trace().messages().stream()
                        .anyMatch(
                                message -> play.rewrite().apply(message.text()).contains(line))) {
                    synchronized (play.stopped()) {
                        play.stopped().set(true);
                    }
                }
            }
        }
    }

    /** Hands over the call of an agent's channel, as BlindTransfer does: it goes on as one was recorded. */
    boolean transfer(String channel, String exten) {
        stop(channels.callOf(channel));
        List<Map<String, String>> call = channels.callOf(channel);
        Map<String, Map<String, String>> sides = new LinkedHashMap<>();
        call.forEach(one -> sides.putIfAbsent(channel.equals(one.get("Channel")) ? "Transferer" : "Transferee", one));
        if (sides.size() < 2) {
            return false;
        }
        Trace trace = Trace.load(TRANSFER);
        Trace.Message recorded = trace.first("BlindTransfer");
        Map<String, String> present = new LinkedHashMap<>();
        sides.forEach((side, one) -> List.of("Channel", "Uniqueid", "Linkedid", "CallerIDNum")
                .forEach(
                        field -> present.put(recorded.field(side + field).orElseThrow(), one.getOrDefault(field, ""))));
        present.put(recorded.field("BridgeUniqueid").orElseThrow(), call.get(0).getOrDefault("BridgeUniqueid", ""));
        String to = recorded.field("Extension").orElseThrow();
        for (String place : List.of("PJSIP/", "Exten: ", "Extension: ", "CallerIDNum: ")) {
            present.put(place + to, place + exten);
        }
        Rewrite rewrite = Rewrite.of(Play.of(TRANSFER).asNew(), trace, clock.instant(), plays.incrementAndGet())
                .into(present);
        background(() -> replay(trace.from("BlindTransfer"), answers.orderSpeed(), rewrite));
        return true;
    }

    @Override
    public void close() {
        reset();
        ami.close();
        http.close();
    }
}
