// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.http.Counts;
import io.cordboard.http.Json;
import io.cordboard.mango.MangoApi.Limit;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Sends commands and waits for what becomes of them: the answer only says that a command was received, its result comes
 * as a request of Mango's own with the same {@code command_id}. Safe for use by many threads.
 */
final class MangoCommands {
    /** Marks the calls that were ordered here, also after a restart. */
    static final String DIAL = "dial.";

    private final MangoApi api;
    private final Counts counts;
    private final Duration timeout;
    private final Map<String, CompletableFuture<Integer>> waiting = new ConcurrentHashMap<>();

    MangoCommands(MangoApi api, Mango.Parts parts) {
        this.api = api;
        this.counts = parts.counts();
        this.timeout = parts.settings().commandTimeout();
    }

    static ObjectNode params() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String newId(String kind) {
        return kind + "." + UUID.randomUUID();
    }

    /**
     * Sends a command, and waits until its result is known.
     *
     * @throws ConnectorException when it was refused, at once or by its result, and with reason UNCLEAR when no result
     *     came
     */
    void run(Limit limit, String method, String id, ObjectNode params) {
        // The result may be here before the answer is; so the command is known before it is sent.
        CompletableFuture<Integer> result = new CompletableFuture<>();
        waiting.put(id, result);
        try {
            api.order(limit, method, params.put("command_id", id));
            int code = result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!MangoCode.isSuccess(code)) {
                throw api.refused(code);
            }
        } catch (TimeoutException e) {
            counts.add(MangoCounts.NO_RESULT);
            throw new ConnectorException(
                    Reason.UNCLEAR, "Mango took the command and did not tell what became of it", null, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody fails a result", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectorException(Reason.UNCLEAR, "stopped while waiting for the result of a command", null, e);
        } finally {
            waiting.remove(id);
        }
    }

    /**
     * Sends a command, and waits only until it was received.
     *
     * @param done is told how it ended, if that is told in time
     * @throws ConnectorException when it was refused at once
     */
    void send(Limit limit, String method, String id, ObjectNode params, Consumer<Boolean> done) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        waiting.put(id, result);
        var unused = result.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).whenComplete((code, late) -> {
            waiting.remove(id);
            if (late == null) {
                done.accept(MangoCode.isSuccess(code));
            } else {
                counts.add(MangoCounts.NO_RESULT);
            }
        });
        try {
            api.order(limit, method, params.put("command_id", id));
        } catch (ConnectorException e) {
            // Nothing is waited for, and nothing is missing.
            waiting.remove(id);
            boolean unusedAnswer = result.complete(0);
            throw e;
        }
    }

    /** Takes the result of a command. */
    void result(JsonNode json) {
        int code = MangoApi.code(json);
        if (code != 0) {
            complete(Json.text(json, "command_id"), code);
        }
    }

    /** Takes notice that a leg came of a command: so it was done. */
    void seen(String id) {
        complete(id, MangoCode.SUCCESS);
    }

    private void complete(String id, int code) {
        CompletableFuture<Integer> result = id.isEmpty() ? null : waiting.get(id);
        if (result != null) {
            boolean unused = result.complete(code);
        }
    }
}
