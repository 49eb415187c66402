// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.Json;
import io.cordboard.testkit.SandboxReply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Answers in the vendor's envelope. */
final class Hal {
    static final int MOST = 250;
    private static final int USUAL = 50;
    private static final SandboxReply NOTHING = SandboxReply.text(204, "application/hal+json", "");

    private Hal() {}

    static SandboxReply of(int status, Object body) {
        return new SandboxReply(status, "application/hal+json", Json.write(body), Map.of());
    }

    static SandboxReply ok(Object body) {
        return of(200, body);
    }

    /** There is nothing to answer, which is no error here. */
    static SandboxReply nothing() {
        return NOTHING;
    }

    /** What was added or changed, under its name. */
    static Map<String, Object> listing(Ask ask, String name, List<?> items) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("_links", Ask.link(ask.self()));
        body.put("_embedded", Map.of(name, items));
        return body;
    }

    /** One page of a list; nothing when it is empty. The next page is linked whenever this one is full. */
    static <T> SandboxReply page(
            Account account, Ask ask, String name, Iterable<T> all, Function<T, Map<String, Object>> view) {
        int most = name.equals("events") ? 100 : MOST;
        int limit = ask.number("limit", USUAL);
        if (limit > most && (account.options().strict() || account.does("limitRefused"))) {
            throw AmoError.of(400, "limit must not be more than " + most);
        }
        limit = Math.max(1, Math.min(limit, most));
        int page = Math.max(1, ask.number("page", 1));
        long skip = (long) (page - 1) * limit;
        List<Map<String, Object>> views = new ArrayList<>();
        for (T one : all) {
            if (skip-- <= 0) {
                views.add(view.apply(one));
            }
            if (views.size() == limit) {
                break;
            }
        }
        if (views.isEmpty()) {
            return NOTHING;
        }
        Map<String, Object> links = new LinkedHashMap<>(Ask.link(ask.page(page)));
        if (views.size() == limit) {
            links.put("next", Map.of("href", ask.page(page + 1)));
        }
        if (page > 1) {
            links.put("prev", Map.of("href", ask.page(page - 1)));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("_page", page);
        body.put("_links", links);
        body.put("_embedded", Map.of(name, views));
        return ok(body);
    }
}
