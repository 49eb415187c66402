// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.call.CallId;
import io.cordboard.call.Recording;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Memory;
import io.cordboard.connector.Reason;
import io.cordboard.http.Json;
import io.cordboard.http.Priority;
import io.cordboard.pbx.Recordings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
    private static final Duration PATIENCE = Duration.ofDays(1);
    private static final Duration RAREST = Duration.ofHours(1);
    private static final String ASKED = "recording/";

    private final ZadarmaApi api;
    private final ZadarmaSettings settings;
    private final Memory memory;
    private final Clock clock;

    ZadarmaRecordings(ZadarmaApi api, Zadarma.Parts parts) {
        this.api = api;
        this.settings = parts.settings();
        this.memory = parts.context().memory();
        this.clock = parts.context().clock();
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
            return notYet(recording.name());
        }
        memory.remove(ASKED + recording.name());
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

    private Answer notYet(String name) {
        Instant now = clock.instant();
        Instant first = memory.get(ASKED + name).map(Instant::parse).orElse(now);
        if (first.equals(now)) {
            memory.put(ASKED + name, now.toString());
        }
        Duration waited = Duration.between(first, now);
        if (waited.compareTo(PATIENCE) > 0) {
            memory.remove(ASKED + name);
            return new Gone("Zadarma announced the recording and never had a file for it");
        }
        Duration again = waited.compareTo(settings.recordingDelay()) > 0 ? waited : settings.recordingDelay();
        return new NotYet(again.compareTo(RAREST) > 0 ? RAREST : again);
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
