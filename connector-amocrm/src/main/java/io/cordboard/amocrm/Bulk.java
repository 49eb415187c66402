// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Writes of one kind, many in a request, with an answer for each.
 *
 * <p>A bad member spoils the whole request, and the account says which one it was: it is left out and the others are
 * sent again. Where it does not say, the request is halved until the bad one is alone. Safe for use by many threads.
 */
final class Bulk {
    /** Words after which nothing of the request was done. */
    private static final Set<Reason> HARMLESS = EnumSet.of(Reason.REFUSED, Reason.NOT_FOUND, Reason.FORBIDDEN);

    private final AmoApi api;
    private final int most;
    private final AtomicInteger size;
    private final LongAdder written = new LongAdder();
    private final LongAdder requests = new LongAdder();

    Bulk(AmoApi api, int most) {
        this.api = api;
        this.most = most;
        this.size = new AtomicInteger(most);
    }

    Map<String, Long> counts() {
        return Map.of("batch_writes", written.sum(), "batch_requests", requests.sum());
    }

    /**
     * {@return an answer for each, in their order}
     *
     * @param path such as {@code api/v4/contacts/notes}
     * @param embedded what the list of results is called
     * @param items the members of the body, without {@code request_id}
     */
    List<Reply> post(String path, String embedded, List<Map<String, Object>> items) {
        return all(new Way(path, embedded, false), items);
    }

    /** {@return the same for changes} */
    List<Reply> patch(String path, String embedded, List<Map<String, Object>> items) {
        return all(new Way(path, embedded, true), items);
    }

    private List<Reply> all(Way way, List<Map<String, Object>> items) {
        Reply[] replies = new Reply[items.size()];
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            left.add(i);
        }
        while (!left.isEmpty()) {
            int count = Math.min(left.size(), size.get());
            List<Integer> load = List.copyOf(left.subList(0, count));
            left.subList(0, count).clear();
            send(way, items, load, replies);
        }
        return List.of(replies);
    }

    private void send(Way way, List<Map<String, Object>> items, List<Integer> load, Reply[] replies) {
        if (load.isEmpty()) {
            return;
        }
        List<Map<String, Object>> body = new ArrayList<>();
        for (int place : load) {
            Map<String, Object> item = new LinkedHashMap<>(items.get(place));
            // Also what the account would call it by itself.
            item.put("request_id", Integer.toString(body.size()));
            body.add(item);
        }
        requests.increment();
        Reply reply =
                way.change() ? api.patch(Traffic.WRITE, way.path(), body) : api.post(Traffic.WRITE, way.path(), body);
        learnSize(reply, load.size());
        Map<String, JsonNode> made = AmoMessages.made(reply.body(), way.embedded());
        Map<String, Fault> refused = saysWhichFailed(reply) ? AmoMessages.refused(reply.body()) : Map.of();
        List<Integer> silent = new ArrayList<>();
        for (int i = 0; i < load.size(); i++) {
            JsonNode node = made.get(Integer.toString(i));
            Fault fault = refused.get(Integer.toString(i));
            if (node != null) {
                written.increment();
                replies[load.get(i)] = Reply.of(node);
            } else if (fault != null) {
                replies[load.get(i)] = Reply.failed(fault);
            } else {
                silent.add(load.get(i));
            }
        }
        Fault word =
                refused.isEmpty() ? reply.fault() : refused.values().iterator().next();
        again(way, items, new Rest(load.size(), silent, word), replies);
    }

    /** What an account that is not well says of some of its writes need not be true. */
    private static boolean saysWhichFailed(Reply reply) {
        return reply.fault() == null || !reply.fault().reason().retryable();
    }

    /** What the account said nothing of: not done when it refused the request, unknown when it did not. */
    private void again(Way way, List<Map<String, Object>> items, Rest rest, Reply[] replies) {
        List<Integer> silent = rest.silent();
        Fault word = rest.word();
        boolean refused = word != null && HARMLESS.contains(word.reason());
        if (!refused || (silent.size() == 1 && rest.sent() == 1)) {
            Fault fault =
                    word != null ? word : Fault.of(Reason.UNCLEAR, "answered without a word about one of the writes");
            silent.forEach(place -> replies[place] = Reply.failed(fault));
        } else if (silent.size() < rest.sent()) {
            send(way, items, silent, replies);
        } else {
            int half = silent.size() / 2;
            send(way, items, silent.subList(0, half), replies);
            send(way, items, silent.subList(half, silent.size()), replies);
        }
    }

    /** A gateway that gave up means that there was too much in one request. */
    private void learnSize(Reply reply, int sent) {
        Fault fault = reply.fault();
        if (fault != null && fault.text().startsWith("answered 504")) {
            size.set(Math.max(1, sent / 2));
        } else if (fault == null && sent >= size.get()) {
            size.updateAndGet(now -> Math.min(most, now + 5));
        }
    }

    /** Where to and how. */
    private record Way(String path, String embedded, boolean change) {}

    /**
     * What the account said nothing of.
     *
     * @param sent how many were sent
     * @param silent which of them it said nothing of
     * @param word what it said of others, or of all, or null
     */
    private record Rest(
            int sent, List<Integer> silent, @Nullable Fault word) {}
}
