// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.call.CallId;
import io.cordboard.call.Recording;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.http.AnnouncedFiles;
import io.cordboard.http.Json;
import io.cordboard.http.Priority;
import io.cordboard.pbx.Recordings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches recordings: a link that anybody can read for a while, and the bytes behind it.
 *
 * <p>A recording is announced before its file exists, and sometimes the file never comes. So a file that is not found
 * is asked for again, less and less often, and given up after a day. Safe for use by many threads.
 */
final class ZadarmaRecordings implements Recordings {
    private final ZadarmaApi api;
    private final ZadarmaSettings settings;
    private final AnnouncedFiles announced;

    ZadarmaRecordings(ZadarmaApi api, Zadarma.Parts parts) {
        this.api = api;
        this.settings = parts.settings();
        this.announced = new AnnouncedFiles(
                "Zadarma", parts.context().memory(), parts.context().clock(), settings.recordingDelay());
    }

    @Override
    public Answer fetch(CallId call, Recording recording) {
        Map<String, String> params = Map.of(
                "call_id",
                recording.name(),
                "lifetime",
                Long.toString(settings.recordingLifetime().toSeconds()));
        Optional<JsonNode> answer = asked(params);
        Optional<URI> link = answer.flatMap(body -> link(body, recording.name()));
        if (link.isEmpty()) {
            return announced.notYet(recording.name());
        }
        announced.arrived(recording.name());
        URI uri = link.get();
        return new Ready(fileName(uri, recording.name()), -1, uri, () -> api.download(uri));
    }

    /** Matched on the status alone: the texts differ, and "not found" is 400 as well as 404. */
    private Optional<JsonNode> asked(Map<String, String> params) {
        try {
            return Optional.of(api.ask(Priority.DELIVERY, "/v1/pbx/record/request/", params));
        } catch (ConnectorException e) {
            if (e.reason() == Reason.NOT_FOUND || e.reason() == Reason.REFUSED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Optional<URI> link(JsonNode body, String name) {
        List<String> links = new ArrayList<>();
        body.path("links").forEach(node -> links.add(node.asText()));
        links.add(0, Json.text(body, "link"));
        return links.stream()
                .filter(text -> !text.isBlank())
                .filter(text -> links.size() <= 2 || text.contains(name))
                .findFirst()
                .flatMap(ZadarmaRecordings::uri);
    }

    private static Optional<URI> uri(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return web && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String fileName(URI link, String name) {
        String path = String.valueOf(link.getPath());
        int dot = path.lastIndexOf('.');
        String ending = dot < 0 ? "" : path.substring(dot);
        return name + (ending.matches("\\.[A-Za-z0-9]{2,4}") ? ending : ".mp3");
    }
}
