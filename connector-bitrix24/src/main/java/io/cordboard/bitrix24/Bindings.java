// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.http.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which events an app is told: the portal forgets that with each update of the app, so it is said again at each start.
 */
final class Bindings {
    static final List<String> EVENTS = List.of(
            "ONEXTERNALCALLSTART",
            "ONCRMCONTACTADD",
            "ONCRMCONTACTUPDATE",
            "ONCRMCONTACTDELETE",
            "ONCRMCOMPANYADD",
            "ONCRMCOMPANYUPDATE",
            "ONCRMCOMPANYDELETE",
            "ONCRMLEADADD",
            "ONCRMLEADUPDATE",
            "ONCRMLEADDELETE");

    private final Bitrix24Api api;
    private final String url;

    Bindings(Bitrix24Api api, String url) {
        this.api = api;
        this.url = url;
    }

    /** {@return the events of which the portal does not tell this address} */
    List<String> missing() {
        Set<String> bound = new HashSet<>();
        for (JsonNode row :
                api.call(Traffic.SYNC, new Command("event.get", Map.of())).orThrow()) {
            if (Json.text(row, "handler").equals(url)) {
                bound.add(Json.text(row, "event").toUpperCase(Locale.ROOT));
            }
        }
        return EVENTS.stream().filter(event -> !bound.contains(event)).toList();
    }

    /** {@return what the portal still does not tell, after it was asked to} */
    List<String> bind() {
        List<String> missing = missing();
        if (missing.isEmpty()) {
            return missing;
        }
        List<Reply> replies = api.batch(
                Traffic.SYNC,
                missing.stream()
                        .map(event -> new Command("event.bind", Map.of("event", event, "handler", url)))
                        .toList());
        List<String> left = new ArrayList<>();
        for (int i = 0; i < missing.size(); i++) {
            Fault fault = replies.get(i).fault();
            if (fault != null && !fault.says("unable to set event handler")) {
                left.add(missing.get(i));
            }
        }
        return left;
    }
}
