// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.zadarma;

import io.cordboard.testkit.Knobs;
import io.cordboard.testkit.PlayedCall;
import java.time.Duration;
import java.util.LinkedHashMap;
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
                Thread thread = new Thread(task, "zadarma-call");
                thread.setDaemon(true);
                return thread;
            });

    Exchange(Sandboxed parts) {
        this.parts = parts;
        threads.allowCoreThreadTimeOut(true);
    }

    /** {@return the id of the call, which is being played now, or was when the script says to wait} */
    Map<String, Object> play(Map<String, Object> params) {
        Script script = Script.read(params);
        Played call = play(script, script.flag("wait", false));
        Map<String, Object> answer = new LinkedHashMap<>(call.state());
        answer.put("over", call.isOver());
        return answer;
    }

    PlayedCall playToEnd(Map<String, Object> params) {
        return play(Script.read(params), true).played();
    }

    private Played play(Script script, boolean wait) {
        Played call = call(script);
        parts.books().add(call);
        playing.incrementAndGet();
        Future<?> end = threads.submit(() -> {
            try {
                new Player(parts, script, call).play();
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
        if (script.isIncoming()) {
            String plus = knobs.on("plus") ? "+" : "";
            String from = script.text("from", plus + "4420376" + books.digits(5));
            String caller = script.kind().equals("anonymous") ? "0" : from;
            String line = script.text("to", script.text("line", knobs.text("line")));
            return new Played("in_" + books.hex(20), script.kind(), caller, line, books.now());
        }
        String agent = script.text("extension", script.text("from", "100"));
        String customer = script.text("to", "4420376" + books.digits(5));
        return new Played("out_" + books.hex(20), script.kind(), agent, customer, books.now());
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
