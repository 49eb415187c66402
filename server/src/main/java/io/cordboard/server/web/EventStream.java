// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.AgentView;
import io.cordboard.Cordboard;
import io.cordboard.CordboardListener;
import io.cordboard.call.CallState;
import io.cordboard.playbook.CallCard;
import io.cordboard.store.CallShelf;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events. Each client has a queue of what changed since it was last told, a call or an agent once with its
 * newest state; a client that lets its queue run full, or does not read, is dropped and connects again by itself.
 */
final class EventStream implements CordboardListener {
    private static final int MOST_CLIENTS = 64;
    private static final int MOST_WAITING = 1_000;
    private static final long HEARTBEAT_MILLIS = 10_000;

    private final Cordboard cordboard;
    private final CallJson json;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final AtomicLong ids = new AtomicLong();
    private volatile boolean closed;

    EventStream(Cordboard cordboard) {
        this.cordboard = cordboard;
        this.json = new CallJson(cordboard);
    }

    @Override
    public void callChanged(CallCard card) {
        clients.forEach(client -> client.offer("call " + card.call().id(), card));
    }

    @Override
    public void agentChanged(AgentView agent) {
        clients.forEach(client -> client.offer("agent " + agent.agent().name(), agent));
    }

    /** Ends every stream. */
    void close() {
        closed = true;
        clients.forEach(Client::drop);
    }

    /** Serves one client until it goes away; the request's thread is its thread. */
    void serve(Context ctx) throws IOException {
        Client client = new Client();
        clients.add(client);
        try {
            if (closed || clients.size() > MOST_CLIENTS) {
                throw new ApiException(503, "too many listeners", "try again in a minute");
            }
            ctx.contentType("text/event-stream; charset=utf-8");
            ctx.header("Cache-Control", "no-store");
            ctx.header("X-Accel-Buffering", "no");
            OutputStream out = ctx.res().getOutputStream();
            out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
            current(client);
            out.flush();
            while (client.pass(out)) {
                ctx.res().flushBuffer();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clients.remove(client);
        }
    }

    /** What is going on right now; the client has been told to listen before, so that nothing falls between. */
    private void current(Client client) {
        Set<CallState> live = EnumSet.allOf(CallState.class);
        live.removeIf(state -> !state.isLive());
        cordboard.calls(new CallShelf.Query(live, null, null, MOST_WAITING / 2)).forEach(card -> {
            client.offer("call " + card.call().id(), card);
        });
        cordboard
                .agents()
                .forEach(agent -> client.offer("agent " + agent.agent().name(), agent));
    }

    private String written(Object change) {
        boolean isCall = change instanceof CallCard;
        JsonNode data =
                change instanceof CallCard card ? json.brief(card) : AgentsApi.of((AgentView) change, cordboard);
        return "id: " + ids.incrementAndGet() + "\nevent: " + (isCall ? "call" : "agent") + "\ndata: " + Json.text(data)
                + "\n\n";
    }

    /** One listener and what it has not been told yet. */
    private final class Client {
        private final Map<String, Object> waiting = new LinkedHashMap<>();
        private boolean dropped;

        synchronized void offer(String key, Object change) {
            waiting.remove(key);
            waiting.put(key, change);
            if (waiting.size() > MOST_WAITING) {
                drop();
            }
            notifyAll();
        }

        synchronized void drop() {
            dropped = true;
            waiting.clear();
            notifyAll();
        }

        /** Waits for a change and writes it; false when the client is to be dropped. */
        boolean pass(OutputStream out) throws IOException, InterruptedException {
            Object change = next();
            if (change == null) {
                out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
            } else {
                out.write(written(change).getBytes(StandardCharsets.UTF_8));
            }
            return !isDropped();
        }

        private synchronized boolean isDropped() {
            return dropped;
        }

        private synchronized @Nullable Object next() throws InterruptedException {
            long until = System.nanoTime() + HEARTBEAT_MILLIS * 1_000_000;
            while (waiting.isEmpty() && !dropped) {
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return null;
                }
                wait(left);
            }
            var first = waiting.entrySet().iterator();
            if (!first.hasNext()) {
                return null;
            }
            Object change = first.next().getValue();
            first.remove();
            return change;
        }
    }
}
