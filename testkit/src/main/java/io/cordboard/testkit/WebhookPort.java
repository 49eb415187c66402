// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import io.cordboard.connector.Webhook;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/** A small web server on the loopback address in which a connector's webhook is mounted. */
public final class WebhookPort implements AutoCloseable {
    private static final String PATH = "/hook";

    private final SandboxServer server;

    private WebhookPort(SandboxServer server) {
        this.server = server;
    }

    /**
     * {@return a server that listens on any free port}
     *
     * @param webhook who answers
     */
    public static WebhookPort open(Webhook webhook) {
        Faults none = new Faults(0, Set.of());
        return new WebhookPort(SandboxServer.start(SandboxOptions.DEFAULTS, none, new Mounted(webhook)));
    }

    /** {@return what the vendor calls; what it calls below that reaches the webhook too} */
    public URI url() {
        return server.url().resolve(PATH);
    }

    @Override
    public void close() {
        server.close();
    }

    private record Mounted(Webhook webhook) implements SandboxApp {
        @Override
        public SandboxReply handle(SandboxRequest request) {
            String path = request.path().startsWith(PATH + "/") ? request.path().substring(PATH.length() + 1) : "";
            Webhook.Response response = webhook.handle(new Webhook.Request(
                    request.method(),
                    path,
                    request.query(),
                    request.headers(),
                    request.body(),
                    request.remoteAddress()));
            return new SandboxReply(response.status(), response.contentType(), response.body(), Map.of());
        }

        @Override
        public Set<String> methods(SandboxRequest request) {
            return Set.of();
        }

        @Override
        public SandboxReply refuse(Faults.Kind fault) {
            return SandboxReply.text(503, "text/plain; charset=utf-8", "");
        }

        @Override
        public Map<String, Object> state() {
            return Map.of();
        }

        @Override
        public void reset() {
            // holds nothing
        }
    }
}
