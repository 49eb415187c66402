// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import io.cordboard.connector.Connector;
import io.cordboard.connector.Health;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether an account still lets this program work. Once it says that a person has to give the permission again, nothing
 * goes but one delivery from time to time, to see whether somebody did, and one as soon as the connector itself no
 * longer asks for a person. Safe for use by many threads.
 */
final class Permission {
    private static final Logger LOG = LoggerFactory.getLogger(Permission.class);

    /** How long until it is asked again where the connector does not know. */
    static final Duration ASK_AGAIN = Duration.ofMinutes(5);

    private final Connector connector;
    private final Clock clock;
    private final Object lock = new Object();
    private boolean missing;
    private boolean connectorKnows;
    private Instant askAt = Instant.MIN;

    Permission(Connector connector, Clock clock) {
        this.connector = connector;
        this.clock = clock;
    }

    /** {@return how many of so many deliveries may go} */
    int most(int wanted) {
        boolean needsPerson = needsPerson();
        synchronized (lock) {
            if (!missing) {
                return wanted;
            }
            if (connectorKnows && !needsPerson) {
                askAt = clock.instant();
            }
            connectorKnows = needsPerson;
            return clock.instant().isBefore(askAt) ? 0 : 1;
        }
    }

    /** Says that a delivery goes. */
    void asking() {
        synchronized (lock) {
            askAt = clock.instant().plus(ASK_AGAIN);
        }
    }

    /** Says that the account was not asked after all. */
    void notAsked() {
        synchronized (lock) {
            askAt = clock.instant();
        }
    }

    /** The account said that a person is needed. */
    void refused() {
        boolean needsPerson = needsPerson();
        boolean news;
        synchronized (lock) {
            news = !missing;
            missing = true;
            connectorKnows = needsPerson;
            askAt = clock.instant().plus(ASK_AGAIN);
        }
        if (news) {
            LOG.warn("{} has to be authorised again by a person; until then its deliveries wait", connector.account());
        }
    }

    /**
     * The account answered something else; only having done what was asked proves more than what the connector says.
     */
    void answered(boolean done) {
        boolean needsPerson = !done && needsPerson();
        boolean news;
        synchronized (lock) {
            news = missing && !needsPerson;
            missing &= needsPerson;
        }
        if (news) {
            LOG.info("{} is authorised again; its deliveries go on", connector.account());
        }
    }

    boolean isMissing() {
        synchronized (lock) {
            return missing;
        }
    }

    private boolean needsPerson() {
        return connector.health().status() == Health.Status.REAUTHORISE;
    }
}
