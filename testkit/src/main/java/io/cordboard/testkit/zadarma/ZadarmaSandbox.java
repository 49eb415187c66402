// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.zadarma;

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
 * Zadarma on this machine: REST with exact signatures and rates, webhooks that are really sent, and a player of calls.
 *
 * <p>Beside what every sandbox knows there are {@code POST /_sandbox/call} (play a call), {@code POST
 * /_sandbox/webhook} (enter the webhook address, as in the cabinet) and {@code POST /_sandbox/settings} (turn what is
 * not documented). Safe for use by many threads.
 */
public final class ZadarmaSandbox implements PbxSandbox {
    static final String VENDOR = "zadarma";

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("timeZone", "Europe/London"),
            Map.entry("extensions", List.of("100", "101", "102")),
            Map.entry("offline", List.of()),
            Map.entry("line", "442037691881"),
            Map.entry("plus", true),
            Map.entry("retries", 0),
            Map.entry("retryMillis", 1000),
            Map.entry("answerMillis", 5000),
            Map.entry("recordMillis", 2000),
            Map.entry("records", true),
            Map.entry("undocumented", true),
            Map.entry("stageStart", true),
            Map.entry("callbackHalves", "two"),
            Map.entry("callbackKind", "answered"),
            Map.entry("links", false),
            Map.entry("speed", 1.0));

    private final Faults faults;
    private final Sandboxed parts;
    private final Exchange exchange;
    private final Rest rest;
    private final SandboxServer server;

    private ZadarmaSandbox(SandboxOptions options) {
        faults = new Faults(options.seed(), Set.of());
        Knobs knobs = new Knobs(DEFAULTS);
        Books books = new Books(options.clock(), knobs, options.seed());
        Seal seal = new Seal(Rest.SECRET);
        parts = new Sandboxed(books, knobs, new Post(books, knobs, faults, seal), seal);
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
    public static ZadarmaSandbox start(SandboxOptions options) {
        return new ZadarmaSandbox(options);
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
        config.put("key", Rest.KEY);
        config.put("secret", Rest.SECRET);
        config.put("apiUrl", server.url().toString());
        config.put("timeZone", parts.knobs().text("timeZone"));
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
        turn(Map.of("extensions", extensions, "line", line, "speed", speed, "answerMillis", 30_000));
    }

    /** The address has to repeat {@code zd_echo}. */
    @Override
    public void publish(URI url) {
        if (!parts.post().tries(url.toString())) {
            throw new IllegalArgumentException("the address does not repeat zd_echo");
        }
        parts.books().url(url.toString());
    }

    /**
     * Plays a call, in the background unless {@code wait} is true.
     *
     * @param script {@code kind}, {@code from}, {@code to} and more, as {@code POST /_sandbox/call} takes them
     * @return what is known of the call by now, its {@code pbx_call_id} first
     * @throws IllegalArgumentException naming what there is, when the script has something else
     */
    public Map<String, Object> play(Map<String, Object> script) {
        return exchange.play(script);
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

    /** {@return every webhook that was sent, with its status, its time and whether it was acknowledged} */
    public List<Map<String, Object>> deliveries() {
        return parts.books().deliveries();
    }

    /** {@return whether no call is being played} */
    public boolean isIdle() {
        return exchange.isIdle();
    }

    @Override
    public PlayedCall playToEnd(Map<String, Object> script) {
        return exchange.playToEnd(script);
    }

    @Override
    public List<PlayedCall> calls() {
        return parts.books().calls().stream().map(Played::played).toList();
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
