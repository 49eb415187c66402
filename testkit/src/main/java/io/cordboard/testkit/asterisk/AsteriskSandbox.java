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

    private final SandboxServer http;
    private final AmiServer ami;
    private final AmiAnswers answers;
    private final Faults faults;
    private final Clock clock;
    private final Channels channels = new Channels();
    private final AtomicLong plays = new AtomicLong();
    private final Set<Running> running = ConcurrentHashMap.newKeySet();

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
     */
    public void play(Play play) {
        long number = plays.incrementAndGet();
        Trace trace = Trace.load(play.trace());
        replay(trace, play.speed(), Rewrite.of(play, trace, clock.instant(), number));
    }

    /**
     * Replays a session on a thread of its own.
     *
     * @param play what and how
     */
    public void start(Play play) {
        Trace.load(play.trace());
        background(() -> play(play));
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
                if (one.stopped().get() || Thread.currentThread().isInterrupted()) {
                    return;
                }
                say(rewrite.apply(message.text()));
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
        List<Map<String, String>> call = channels.callOf(channel);
        for (Map<String, String> one : call) {
            String id = one.getOrDefault("Uniqueid", "");
            running.stream()
                    .filter(play -> play.trace().messages().stream()
                            .anyMatch(message ->
                                    play.rewrite().apply(message.text()).contains("Uniqueid: " + id + "\r\n")))
                    .forEach(play -> play.stopped().set(true));
            say("Event: Hangup\r\nPrivilege: call,all\r\nChannel: " + one.get("Channel") + "\r\nUniqueid: " + id
                    + "\r\nLinkedid: " + one.get("Linkedid") + "\r\nCause: 16\r\nCause-txt: Normal Clearing\r\n");
        }
        return !call.isEmpty();
    }

    @Override
    public void close() {
        reset();
        ami.close();
        http.close();
    }
}
