// SPDX-License-Identifier: Apache-2.0
package io.cordboard.connector;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/**
 * What a connector is given when it is made. Immutable.
 *
 * @param account the account's id in the configuration
 * @param region the default region of national numbers, ISO 3166, such as {@code RU}
 * @param clock the time
 * @param memory where the account keeps what must survive a restart
 * @param webhookUrl the whole address at which the vendor reaches {@link Connector#webhook()}, if the application
 *     publishes it; whoever knows it can call it: treat it as a secret
 */
public record ConnectorContext(String account, String region, Clock clock, Memory memory, Optional<URI> webhookUrl) {
    /**
     * Makes the context of an account whose webhook is not published.
     *
     * @param account the account's id in the configuration
     * @param region the default region of national numbers
     * @param clock the time
     * @param memory where the account keeps what must survive a restart
     */
    public ConnectorContext(String account, String region, Clock clock, Memory memory) {
        this(account, region, clock, memory, Optional.empty());
    }

    /**
     * {@return this context with the webhook's address}
     *
     * @param url the whole address, the secret path in it
     */
    public ConnectorContext withWebhookUrl(URI url) {
        return new ConnectorContext(account, region, clock, memory, Optional.of(url));
    }

    /** {@return the account and its region; not the webhook's address, which is a secret} */
    @Override
    public String toString() {
        return "ConnectorContext[account=" + account + ", region=" + region + "]";
    }
}
