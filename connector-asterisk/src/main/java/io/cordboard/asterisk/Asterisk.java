// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import io.cordboard.connector.Webhook;
import io.cordboard.pbx.AgentStates;
import io.cordboard.pbx.CallControl;
import io.cordboard.pbx.CallSource;
import io.cordboard.pbx.Dialing;
import io.cordboard.pbx.Pausing;
import io.cordboard.pbx.Recordings;
import io.cordboard.pbx.Routing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One Asterisk: tells its calls and agents, starts, hands over and ends calls, pauses agents; routes new calls when
 * FastAGI is configured, and hands out recordings when their place is.
 *
 * <p>Safe for use by many threads.
 */
public final class Asterisk implements Connector {
    private static final int WAITING_EVENTS = 50_000;

    private final String account;
    private final AsteriskCounts counts = new AsteriskCounts();
    private final AsteriskCalls calls;
    private final AmiLink link;
    private final @Nullable AsteriskRouting routing;
    private final AsteriskCheck checks;
    private final Map<Class<?>, Object> roles = new HashMap<>();

    Asterisk(ConnectorContext context, AsteriskSettings settings, int waitingEvents) {
        this.account = context.account();
        Endpoints endpoints = new Endpoints(settings);
        AsteriskAgents agents = new AsteriskAgents(account, context.clock(), endpoints);
        this.checks = new AsteriskCheck(account, settings, endpoints, context.clock());
        this.calls = new AsteriskCalls(context, counts, settings, waitingEvents, event -> {
            agents.hear(event);
            checks.hear(event);
        });
        this.link = new AmiLink(account, settings, counts, calls::hear);
        calls.onLoss(link::resync);
        AsteriskControl control = new AsteriskControl(settings, link, calls, agents);
        roles.put(CallSource.class, calls);
        roles.put(AgentStates.class, agents);
        roles.put(Dialing.class, control);
        roles.put(CallControl.class, control);
        roles.put(Pausing.class, control);
        AsteriskSettings.Address agi = settings.agi();
        this.routing = agi == null ? null : new AsteriskRouting(account, agi, settings, counts);
        if (routing != null) {
            roles.put(Routing.class, routing);
        }
        AsteriskSettings.Place place = settings.recordings();
        if (place != null) {
            roles.put(Recordings.class, AsteriskRecordings.at(place, context.clock(), settings.timing()));
        }
    }

    /**
     * {@return a connector that is not started}
     *
     * @param context what it is given
     * @param settings how to reach and to read this Asterisk
     */
    public static Asterisk create(ConnectorContext context, AsteriskSettings settings) {
        return new Asterisk(context, settings, WAITING_EVENTS);
    }

    @Override
    public String account() {
        return account;
    }

    @Override
    public String vendor() {
        return "asterisk";
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        return Optional.ofNullable(roles.get(role)).map(role::cast);
    }

    @Override
    public Optional<Webhook> webhook() {
        return Optional.empty();
    }

    @Override
    public void start() {
        calls.start();
        link.start();
        if (routing != null) {
            routing.start();
        }
    }

    @Override
    public Health health() {
        Health health = link.health();
        if (health.status() != Health.Status.UP) {
            return health;
        }
        if (calls.storeFails()) {
            return Health.degraded("the store does not take events; they are kept and offered again");
        }
        return routing == null ? health : routing.health();
    }

    @Override
    public List<Finding> check() {
        return checks.check(link, routing);
    }

    @Override
    public Map<String, Long> counts() {
        return counts.all();
    }

    @Override
    public void close() {
        if (routing != null) {
            routing.close();
        }
        link.close();
        calls.close();
    }
}
