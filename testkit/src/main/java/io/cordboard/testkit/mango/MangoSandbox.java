// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

import io.cordboard.testkit.Faults;
import io.cordboard.testkit.Knobs;
import io.cordboard.testkit.PbxSandbox;
import io.cordboard.testkit.PlayedCall;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.SandboxServer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Mango Office on this machine: commands with exact signatures, rates and the lock-out, events that are really sent,
 * and a player of calls.
 *
 * <p>Beside what every sandbox knows there are {@code POST /_sandbox/call} (play a call), {@code POST
 * /_sandbox/webhook} (enter the address of the external system, as in the cabinet), {@code POST /_sandbox/status} (a
 * status of the contact centre) and {@code POST /_sandbox/settings} (turn what is not documented). Safe for use by many
 * threads.
 */
public final class MangoSandbox implements PbxSandbox {
    static final String VENDOR = "mango";

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("timeZone", "Europe/Moscow"),
            Map.entry("extensions", List.of("100", "101", "102")),
            Map.entry("group", "999"),
            Map.entry("line", "74952150438"),
            Map.entry("ivrSeconds", 4),
            Map.entry("loserCode", 1100),
            Map.entry("initiator", "API"),
            Map.entry("callbackKind", "answered"),
            Map.entry("clock", "utc"),
            Map.entry("legacy", false),
            Map.entry("texts", false),
            Map.entry("parallel", false),
            Map.entry("delayMillis", 5),
            Map.entry("retries", 0),
            Map.entry("retryMillis", 1000),
            Map.entry("answerMillis", 5000),
            Map.entry("results", true),
            Map.entry("summaries", true),
            Map.entry("records", true),
            Map.entry("recordMillis", 2000),
            Map.entry("links", false),
            Map.entry("statsMillis", 300),
            Map.entry("ready", List.of("stats", "stat")),
            Map.entry("speed", 1.0));

    private final Faults faults;
    private final Sandboxed parts;
    private final Exchange exchange;
    private final Rest rest;
    private final SandboxServer server;

    private MangoSandbox(SandboxOptions options) {
        faults = new Faults(options.seed(), Set.of("lostEvent"));
        Knobs knobs = new Knobs(DEFAULTS);
        Books books = new Books(options.clock(), options.seed());
        parts = new Sandboxed(books, knobs, new Post(books, knobs, faults));
        exchange = new Exchange(parts);
        AtomicReference<URI> here = new AtomicReference<>(URI.create("http://127.0.0.1/"));
        rest = new Rest(parts, exchange, options, here::get);
        server = SandboxServer.start(options, faults, rest);
        here.set(server.url());
    }

    /**
     * {@return a sandbox that listens}
     *
     * @param options how it should be; it has no contacts
     */
    public static MangoSandbox start(SandboxOptions options) {
        return new MangoSandbox(options);
    }

    @Override
    public String vendor() {
        return VENDOR;
    }

    @Override
    public URI url() {
        return server.url();
    }

    @Override
    public Optional<String> certificate() {
        return server.certificate();
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("type", VENDOR);
        config.put("key", Seal.KEY);
        config.put("salt", Seal.SALT);
        config.put("apiUrl", server.url() + "/vpbx/");
        return config;
    }

    @Override
    public Map<String, Object> state() {
        return rest.state();
    }

    @Override
    public Faults faults() {
        return faults;
    }

    @Override
    public void furnish(List<String> extensions, String line, double speed) {
        turn(Map.of("extensions", extensions, "line", line, "speed", speed, "answerMillis", 30_000, "links", true));
    }

    /** The address is that of the external system, below which events are posted. */
    @Override
    public void publish(URI url) {
        int status = connect(url);
        if (status != 200) {
            throw new IllegalArgumentException("the address answered " + status + " to the connection check");
        }
    }

    /**
     * {@return the status that the cabinet's connection check gets; 0 when nobody answers}
     *
     * @param url the address that is entered, whatever the check says
     */
    public int connect(URI url) {
        parts.books().url(url.toString());
        return parts.post().ping();
    }

    @Override
    public PlayedCall playToEnd(Map<String, Object> script) {
        return exchange.playToEnd(script);
    }

    @Override
    public List<PlayedCall> calls() {
        return parts.books().calls().stream().map(Played::played).toList();
    }

    /**
     * Plays a call, in the background unless {@code wait} is true.
     *
     * @param script {@code kind}, {@code from}, {@code to} and more, as {@code POST /_sandbox/call} takes them
     * @return what is known of the call by now, its {@code entry_id} first
     * @throws IllegalArgumentException naming what there is, when the script has something else
     */
    public Map<String, Object> play(Map<String, Object> script) {
        return exchange.play(script, "");
    }

    /**
     * Turns what is not documented, as {@code POST /_sandbox/settings} does.
     *
     * @param settings by name
     * @throws IllegalArgumentException naming what there is, when a name is none of it
     */
    public void turn(Map<String, Object> settings) {
        parts.knobs().turn(settings);
    }

    /** {@return everything that was posted, with its status, its time and whether it was acknowledged} */
    public List<Map<String, Object>> deliveries() {
        return parts.books().deliveries();
    }

    /** {@return whether no call is being played} */
    public boolean isIdle() {
        return exchange.isIdle();
    }

    @Override
    public byte[] sound(String name) {
        return Rest.sound(name);
    }

    @Override
    public void reset() {
        server.reset();
    }

    @Override
    public void close() {
        exchange.close();
        parts.post().close();
        server.close();
    }
}
