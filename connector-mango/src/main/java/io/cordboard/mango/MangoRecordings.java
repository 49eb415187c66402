// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.call.CallId;
import io.cordboard.call.Recording;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.http.AnnouncedFiles;
import io.cordboard.mango.MangoApi.Limit;
import io.cordboard.pbx.Recordings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Fetches recordings: by links that work once, which are never kept, or by signed links that work for a while.
 *
 * <p>A file that is asked for too early is an invalid request to Mango, and two of them lock the account; so after one,
 * the next waits. Safe for use by many threads.
 */
final class MangoRecordings implements Recordings {
    private final MangoApi api;
    private final MangoSettings settings;
    private final MangoSignature signature;
    private final AnnouncedFiles announced;
    private final Clock clock;

    MangoRecordings(MangoApi api, Mango.Parts parts) {
        this.api = api;
        this.settings = parts.settings();
        this.signature = new MangoSignature(settings.key(), settings.salt());
        this.clock = parts.context().clock();
        this.announced = new AnnouncedFiles("Mango", parts.context().memory(), clock, settings.recordingDelay());
    }

    @Override
    public Answer fetch(CallId call, Recording recording) {
        String name = recording.name();
        try {
            return settings.linksRecordings() ? byLink(name) : byPost(name);
        } catch (ConnectorException e) {
            if (e.reason() == Reason.NOT_FOUND || e.reason() == Reason.REFUSED) {
                return announced.notYet(name);
            }
            if (e.reason() == Reason.RATE_LIMITED) {
                return new NotYet(e.retryAfter().orElse(settings.recordingDelay()));
            }
            throw e;
        }
    }

    private Answer byPost(String name) {
        Optional<URI> found = oneShot(name);
        if (found.isEmpty()) {
            return announced.notYet(name);
        }
        announced.arrived(name);
        AtomicReference<@Nullable URI> first = new AtomicReference<>(found.get());
        // The first link is good for the first reader; every other one gets a link of its own.
        return new Ready(fileName(name), -1, null, () -> {
            URI link = first.getAndSet(null);
            return open(link == null ? oneShot(name) : Optional.of(link));
        });
    }

    private InputStream open(Optional<URI> link) throws IOException {
        return api.download(link.orElseThrow(() -> new IOException("Mango no longer has the recording")));
    }

    private Optional<URI> oneShot(String name) {
        ObjectNode params = MangoCommands.params().put("recording_id", name).put("action", "download");
        io.cordboard.http.Answer answer = api.question(Limit.RECORDINGS, "queries/recording/post", params);
        if (answer.status() == 404 || answer.status() == 410 || answer.status() == 204) {
            return Optional.empty();
        }
        var unused = api.read(answer);
        return answer.header("location").map(link -> settings.apiUrl().resolve(link));
    }

    private Answer byLink(String name) {
        URI link = link(name);
        if (!api.isThere(link)) {
            return announced.notYet(name);
        }
        announced.arrived(name);
        return new Ready(fileName(name), -1, link, () -> api.download(link(name)));
    }

    /** The id is signed as it is, and written into the path with everything escaped that a path does not take. */
    URI link(String name) {
        long until = clock.instant()
                .plus(settings.linkLifetime())
                .plus(settings.linkShift())
                .getEpochSecond();
        String id = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return URI.create(settings.apiUrl() + "queries/recording/link/" + id + "/download/" + settings.key() + "/"
                + until + "/" + signature.ofLink(name, until));
    }

    private static String fileName(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_") + ".mp3";
    }
}
