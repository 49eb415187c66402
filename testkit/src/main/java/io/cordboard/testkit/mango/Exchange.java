// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

import io.cordboard.testkit.Knobs;
import io.cordboard.testkit.PlayedCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The PBX: takes calls and plays them, many at once. Safe for use by many threads. */
final class Exchange implements AutoCloseable {
    private static final int AT_ONCE = 64;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Sandboxed parts;
    private final AtomicInteger playing = new AtomicInteger();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(AT_ONCE, AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(100_000), task -> {
                Thread thread = new Thread(task, "mango-call");
                thread.setDaemon(true);
                return thread;
            });

    Exchange(Sandboxed parts) {
        this.parts = parts;
        threads.allowCoreThreadTimeOut(true);
    }

    /** {@return what is known of the call, which is being played now, or was when the script says to wait} */
    Map<String, Object> play(Map<String, Object> params, String commandId) {
        Script script = Script.read(params);
        return play(script, commandId, script.flag("wait", false)).state();
    }

    PlayedCall playToEnd(Map<String, Object> params) {
        return play(Script.read(params), "", true).played();
    }

    private Played play(Script script, String commandId, boolean wait) {
        Played call = call(script);
        parts.books().add(call);
        playing.incrementAndGet();
        Future<?> end = threads.submit(() -> {
            try {
                new Player(parts, script, call).play(commandId);
            } finally {
                playing.decrementAndGet();
            }
        });
        if (wait) {
            await(end);
        }
        return call;
    }

    boolean isIdle() {
        return playing.get() == 0;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Played call(Script script) {
        Books books = parts.books();
        Knobs knobs = parts.knobs();
        String entry = books.id("2687:");
        if (script.isIncoming()) {
            String from = plain(script.text("from", "7495540" + books.digits(4)));
            String line = plain(script.text("to", script.text("line", knobs.text("line"))));
            return new Played(entry, script.kind(), 1, List.of(from, line), books.now());
        }
        boolean inside = script.kind().equals("internal");
        String agent = script.text(
                "extension", script.text("from", knobs.texts("extensions").get(0)));
        String to = script.text("to", inside ? knobs.texts("extensions").get(1) : "7495540" + books.digits(4));
        return new Played(entry, script.kind(), inside ? 0 : 2, List.of(agent, plain(to)), books.now());
    }

    /** Mango writes numbers without a plus. */
    private static String plain(String number) {
        return number.startsWith("+") ? number.substring(1) : number;
    }

    private static void await(Future<?> end) {
        try {
            end.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the call could not be played to its end", e);
        }
    }
}
