// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.connector.Webhook;
import io.cordboard.testkit.WebhookPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where recordings lie on the web, and the browser in which people hear them. Safe for use by many threads. */
final class RecordingSite implements AutoCloseable {
    private final Map<String, byte[]> published = new ConcurrentHashMap<>();
    private final WebhookPort site = WebhookPort.open(request -> played(request.query()));
    private final HttpClient browser =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The address of every recording. */
    String pattern() {
        return site.url() + "?{file}";
    }

    void publish(String fileName, byte[] bytes) {
        published.put(fileName, bytes);
    }

    private Webhook.Response played(String fileName) {
        byte[] bytes = published.get(fileName);
        return bytes == null
                ? Webhook.Response.text(404, "there is no such recording")
                : new Webhook.Response(200, "audio/mpeg", bytes);
    }

    /** What somebody hears who plays the recording in a browser. */
    byte[] heard(@Nullable Object link) {
        return link == null || link.toString().isEmpty() ? new byte[0] : get(URI.create(link.toString()));
    }

    /** What a browser gets. */
    byte[] get(URI address) {
        try {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return browser.send(request, HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        site.close();
    }
}
