// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the account is asked to tell, and where. */
final class Subscription {
    private final AmoApi api;
    private final String url;
    private final List<String> wanted;

    Subscription(AmoApi api, String url, AmoCrmSettings.Sync sync) {
        this.api = api;
        this.url = url;
        List<String> all = new ArrayList<>();
        add(all, "contact", sync.contacts() || sync.leads());
        add(all, "company", sync.companies());
        add(all, "lead", sync.leads());
        if (sync.leads()) {
            all.add("status_lead");
        }
        this.wanted = List.copyOf(all);
    }

    private static void add(List<String> all, String what, boolean isWanted) {
        if (isWanted) {
            for (String action : List.of("add", "update", "delete", "restore", "responsible")) {
                all.add(action + "_" + what);
            }
        }
    }

    /** {@return whether the account tells everything that is wanted} */
    boolean isThere() {
        Reply reply = api.get(Traffic.SYNC, Query.of("api/v4/webhooks").and("filter[destination]", url))
                .orThrow();
        for (JsonNode hook : reply.list("webhooks")) {
            Set<String> settings = new HashSet<>();
            hook.path("settings").forEach(one -> settings.add(one.asText()));
            if (hook.path("destination").asText("").equals(url)
                    && !hook.path("disabled").asBoolean(false)
                    && settings.containsAll(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Asks for it; the same address again replaces what was asked for before. */
    void ask() {
        api.post(Traffic.SYNC, "api/v4/webhooks", Map.of("destination", url, "settings", wanted))
                .orThrow();
    }
}
