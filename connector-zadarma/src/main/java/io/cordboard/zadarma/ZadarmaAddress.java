// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import io.cordboard.connector.ConnectorException;
import io.cordboard.http.Json;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that Zadarma calls this program. An address is entered where there is none; one that somebody else entered
 * stays, unless the settings say otherwise: another program may depend on it.
 */
final class ZadarmaAddress {
    private static final Logger log = LoggerFactory.getLogger(ZadarmaAddress.class);
    private static final Duration LOOK_AGAIN = Duration.ofDays(1);
    private static final int LONGEST_WAIT = 5;

    private final Zadarma zadarma;
    private final ZadarmaApi api;
    private final URI address;
    private final boolean replaces;
    private int failures;

    ZadarmaAddress(Zadarma zadarma, ZadarmaApi api, URI address, boolean replaces) {
        this.zadarma = zadarma;
        this.api = api;
        this.address = address;
        this.replaces = replaces;
    }

    /** {@return where Zadarma should call, if that is known and it could reach it} */
    static Optional<URI> of(Zadarma.Parts parts) {
        ZadarmaSettings settings = parts.settings();
        boolean sandbox = isLocal(settings.apiUrl());
        return settings.webhookUrl().or(() -> parts.context().webhookUrl().filter(url -> sandbox || !isLocal(url)));
    }

    private static boolean isLocal(URI url) {
        String host = String.valueOf(url.getHost());
        return host.startsWith("127.") || host.equals("localhost") || host.equals("[::1]");
    }

    /** {@return after how long to look again; asks once, and enters the address where that is needed} */
    Duration settle() {
        try {
            String there = Json.text(api.ask("/v1/pbx/callinfo/", Map.of()), "url");
            if (there.isEmpty() || (replaces && !there.equals(address.toString()))) {
                zadarma.publish(address);
                log.info("{}: Zadarma calls this server from now on", zadarma.account());
            } else if (!there.equals(address.toString())) {
                log.warn(
                        "{}: Zadarma calls another address; \"publish: always\" replaces it, \"publish: never\" ends"
                                + " this warning",
                        zadarma.account());
            }
            failures = 0;
            return LOOK_AGAIN;
        } catch (ConnectorException e) {
            // At first perhaps because the web server that Zadarma tries at once does not listen yet.
            failures = Math.min(failures + 1, LONGEST_WAIT);
            log.debug("{}: the webhook address could not be entered: {}", zadarma.account(), e.getMessage());
            return e.retryAfter().orElse(Duration.ofSeconds(1L << failures));
        }
    }
}
