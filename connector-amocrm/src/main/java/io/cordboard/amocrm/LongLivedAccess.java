// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.connector.ConnectorException;
import io.cordboard.http.VendorHttp;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A token that lives for years and cannot be renewed, and with which the account cannot be asked where it lives now.
 * Safe for use by many threads.
 */
final class LongLivedAccess implements Access {
    private static final Duration KNOWN_FOR = Duration.ofMinutes(1);

    private final Pass pass;
    private final VendorHttp http;
    private final AmoWire wire;
    private final Clock clock;

    private final Object asking = new Object();
    private Instant asked = Instant.EPOCH;
    private boolean gone;

    LongLivedAccess(URI base, String token, VendorHttp http, Clock clock) {
        this.pass = new Pass(base, token);
        this.http = http;
        this.wire = http.service(AmoWire.class);
        this.clock = clock;
    }

    @Override
    public Pass pass() {
        return pass;
    }

    @Override
    public boolean renew(String refused) {
        return false;
    }

    /** Where the account lives, something else may be what is not found; where it does not, nothing is. */
    @Override
    public boolean hasMoved(URI from) {
        synchronized (asking) {
            Instant now = clock.instant();
            if (!now.isBefore(asked.plus(KNOWN_FOR))) {
                gone = isGone();
                asked = now;
            }
            return gone;
        }
    }

    private boolean isGone() {
        try {
            return http.exchange(wire.get(pass.base() + "api/v4/account", "Bearer " + pass.token()))
                            .status()
                    == 404;
        } catch (ConnectorException e) {
            return false;
        }
    }

    @Override
    public boolean needsPerson() {
        return false;
    }

    @Override
    public URI pages() {
        return pass.base();
    }
}
