// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.connector.Webhook;
import io.cordboard.testkit.WebhookPort;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where recordings lie on the web, and the browser in which people hear them. Safe for use by many threads. */
final class RecordingSite implements AutoCloseable {
    private final Map<String, byte[]> published = new ConcurrentHashMap<>();
    private final WebhookPort site = WebhookPort.open(request -> played(request.query()));
    private final Browser browser = new Browser();

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

    byte[] heard(@Nullable Object link) {
        return browser.heard(link);
    }

    byte[] get(URI address) {
        return browser.get(address);
    }

    @Override
    public void close() {
        site.close();
    }
}
