// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.http.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
        return missing(bound());
    }

    private List<String> missing(JsonNode bound) {
        Set<String> here = new HashSet<>();
        for (JsonNode row : bound) {
            if (Json.text(row, "handler").equals(url)) {
                here.add(event(row));
            }
        }
        return EVENTS.stream().filter(event -> !here.contains(event)).toList();
    }

    private JsonNode bound() {
        return api.call(Traffic.SYNC, new Command("event.get", Map.of())).orThrow();
    }

    private static String event(JsonNode row) {
        return Json.text(row, "event").toUpperCase(Locale.ROOT);
    }

    /** {@return what the portal still does not tell, after it was asked to} */
    List<String> bind() {
        JsonNode bound = bound();
        List<String> missing = missing(bound);
        List<Command> commands = new ArrayList<>();
        missing.forEach(event -> commands.add(new Command("event.bind", Map.of("event", event, "handler", url))));
        for (JsonNode row : bound) {
            String handler = Json.text(row, "handler");
            if (EVENTS.contains(event(row)) && isFormer(handler)) {
                commands.add(new Command("event.unbind", Map.of("event", event(row), "handler", handler)));
            }
        }
        List<Reply> replies = commands.isEmpty() ? List.of() : api.batch(Traffic.SYNC, commands);
        List<String> left = new ArrayList<>();
        for (int i = 0; i < missing.size(); i++) {
            Fault fault = replies.get(i).fault();
            if (fault != null && !fault.says("unable to set event handler")) {
                left.add(missing.get(i));
            }
        }
        return left;
    }

    /** An address of this program under another host or with another secret: events sent there are lost. */
    private boolean isFormer(String handler) {
        String folder = folder(url);
        return !handler.equals(url) && folder.length() > 1 && folder.equals(folder(handler));
    }

    private static String folder(String address) {
        try {
            String path = Objects.requireNonNullElse(URI.create(address).getPath(), "");
            return path.substring(0, path.lastIndexOf('/') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
